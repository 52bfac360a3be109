import type { Page } from 'playwright-core'
import { day, seedMessage, seedRoute } from './seedMessages'
import { signIn } from './signIn'
import { accessibilityProblems, useConsole } from './useConsole'

const console = useConsole()
let failed: string

beforeAll(async () => {
  const { system } = console
  await seedRoute(system)
  failed = await seedMessage(system, {
    ...{ status: 'failed', reason: 'unreachable', reason_text: 'The phone or mailbox cannot be reached.' },
    ...{ address: '+13125550100' },
  })
  await seedMessage(system, {
    ...{ status: 'suppressed', reason: 'stale', reason_text: 'It was too late to be of use to the recipient.' },
    ...{ address: '+13125550101', stop_id: 's2', contract_numbers: ['C-2'] },
  })
})

async function open(at: string): Promise<Page> {
  const page = await console.open('/')
  await signIn(page, console.system, 'acme', at)
  return page
}

const entries = (page: Page) => page.locator('li[data-row]')
const entryOf = (page: Page, contract: string) => entries(page).filter({ hasText: `Contract ${contract}` })

test('each customer stands under the route, with the reason and what to do', async () => {
  const page = await open(`/not-told?day=${day}`)
  const route = page.getByRole('region', { name: 'Route R1' })
  await route.waitFor()
  expect(await page.getByText(/3 times a customer was told nothing, on 1 route/).isVisible()).toBe(true)
  expect(await entryOf(page, 'C-1').textContent()).toContain('send it again later, or call')
  expect(await entryOf(page, 'C-2').textContent()).toContain('Too late for a message')
  expect(await entryOf(page, 'C-3').textContent()).toContain('Add a delivery notification to the contract')
  const link = entryOf(page, 'C-3').getByRole('link', { name: 'Contract C-3' })
  expect(await link.getAttribute('href')).toBe('/companies/acme/contracts/C-3')
  // Only what the provider could not deliver can be sent again.
  expect(await page.getByRole('button', { name: /^Send again/ }).count()).toBe(1)
})

test('a day on which everybody was told says so', async () => {
  const page = await open('/not-told?day=2026-12-09')
  await page.getByText('There is nobody left to tell').waitFor()
})

test('whom somebody tells by phone stands apart with who and when, and is counted apart', async () => {
  const page = await open(`/not-told?day=${day}`)
  await entryOf(page, 'C-3').getByRole('link', { name: 'Stop s3' }).click()
  await page.getByRole('button', { name: 'Told by phone …' }).click()
  await page.getByRole('button', { name: 'The customer knows' }).click()
  await page.getByText('told by phone by Dana Dispatcher').waitFor()
  await page.goBack()
  await page.getByText(/2 times a customer was told nothing, .*; 1 time a customer was told by phone instead/).waitFor()
  const told = page.getByRole('region', { name: 'Told by phone' })
  const said = (await told.getByRole('listitem').textContent()) ?? ''
  expect(said).toMatch(/^Contract C-3.*Confirmation told by phone by Dana Dispatcher at \d+:\d\d [AP]M/)
  expect(await entryOf(page, 'C-3').count()).toBe(0)
  expect(await accessibilityProblems(page)).toEqual([])
})

test('the keyboard goes through the entries, and Enter opens the stop', async () => {
  const page = await open(`/not-told?day=${day}`)
  await entries(page).first().waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/companies/acme/routes/R1/stops/s2')
})

test('sending again asks why, and the message stands there no more while it is on its way', async () => {
  const page = await open(`/not-told?day=${day}`)
  await page.getByRole('button', { name: 'Send again to +13125550100' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Send again' }).click()
  await dialog.locator('textarea[aria-invalid="true"]').waitFor()
  await dialog.getByLabel('Why').fill('She has charged her phone')
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Send again' }).click()
  await entryOf(page, 'C-1').waitFor({ state: 'detached' })
  const again = await console.system.db('notifications').where({ resend_of: failed })
  expect(again).toMatchObject([{ address: '+13125550100', resend_reason: 'She has charged her phone' }])
})
