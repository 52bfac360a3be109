import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { saveOperator } from '../../api/operators/saveOperator'
import { day, seedAttempt, seedMessage, seedRoute } from './seedMessages'
import { signIn } from './signIn'
import { useConsole } from './useConsole'

const console = useConsole()
const path = '/messages'
let delivered: string

beforeAll(async () => {
  const { system } = console
  await seedRoute(system)
  const text = 'Acme Rentals: your delivery comes Wed, Dec 2, 8:00 AM - 9:00 AM. Reply STOP to end.'
  delivered = await seedMessage(system, {
    ...{ status: 'delivered', text, provider_id: 'SM0123', address: '+13125550100' },
    ...{ sent_at: new Date('2026-12-01T22:00:02Z'), delivered_at: new Date('2026-12-01T22:00:05Z') },
  })
  await seedAttempt(system, delivered, { outcome: 'accepted' })
  const failed = await seedMessage(system, {
    ...{ status: 'failed', reason: 'unreachable', reason_text: 'The phone or mailbox cannot be reached.' },
    ...{ address: '+13125550101', stop_id: 's2', contract_numbers: ['C-2'], text },
  })
  await seedAttempt(system, failed, { outcome: 'permanent', code: '30003', message: 'Unreachable destination handset' })
  await seedMessage(system, {
    ...{ status: 'suppressed', reason: 'opted_out', reason_text: 'The recipient has opted out.' },
    ...{ channel: 'email', address: 'bob@example.com', stop_id: 's2', contract_numbers: ['C-2'] },
  })
})

async function open(at: string): Promise<Page> {
  const page = await console.open('/')
  await signIn(page, console.system, 'acme', at)
  return page
}

const rows = (page: Page) => page.locator('tr[data-row]')
const shows = (page: Page, number: number) =>
  page.getByText(number === 1 ? '1 message' : `${number} messages`, { exact: true }).waitFor()

test('a search stands in the address, and an address is a search', async () => {
  const page = await open(path)
  await page.getByLabel('Recipient').fill('312 555 0101')
  await shows(page, 1)
  expect(new URL(page.url()).searchParams.get('recipient')).toBe('312 555 0101')
  await page.getByLabel('Status').selectOption('delivered')
  await page.getByText('No message fits this search').waitFor()
  await page.getByRole('button', { name: 'Clear' }).click()
  expect(new URL(page.url()).search).toBe('')

  const other = await open(`${path}?contractNumber=C-2&channel=email&serviceDate=${day}&routeId=R1`)
  await shows(other, 1)
  expect(await rows(other).textContent()).toContain('bob@example.com')
  expect(await other.getByLabel('Contract', { exact: true }).inputValue()).toBe('C-2')
})

test('a search that makes no sense is answered with what would', async () => {
  const page = await open(`${path}?status=lost`)
  const alert = page.getByRole('alert')
  await alert.waitFor()
  expect(await alert.textContent()).toContain('status')
})

test('with the keyboard alone one finds a message, reads it and comes back to its row', async () => {
  const page = await open(path)
  await rows(page).first().waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('+1312555010')
  await page.keyboard.press('Enter')
  await shows(page, 2)
  await page.keyboard.press('Tab')
  await page.evaluate('document.activeElement.blur()')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  await page.keyboard.press('Enter')
  await page.getByRole('dialog').getByText('What became of it').waitFor()
  expect(new URL(page.url()).searchParams.has('message')).toBe(true)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.locator('tr[data-index="0"]:focus').waitFor()
  expect(new URL(page.url()).searchParams.has('message')).toBe(false)
})

test('a message shows its exact text, its segments and what the provider said, and leads to its stop', async () => {
  const page = await open(`${path}?message=${delivered}`)
  const dialog = page.getByRole('dialog')
  await dialog.getByText('your delivery comes Wed, Dec 2, 8:00 AM - 9:00 AM. Reply STOP to end.').waitFor()
  const said = await dialog.textContent()
  expect(said).toContain('1 segment, GSM-7')
  expect(said).toContain('The text message provider took it, as SM0123.')
  expect(said).toContain('Delivered: the phone has it.')
  expect(await dialog.getByText('code').isVisible()).toBe(false)
  const stop = await dialog.getByRole('link', { name: /stop s1/ }).getAttribute('href')
  expect(stop).toBe('/companies/acme/routes/R1/stops/s1')
})

test('the file has the lines of the search and no other', async () => {
  const page = await open(`${path}?contractNumber=C-2&status=suppressed`)
  await shows(page, 1)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download as CSV' }).click(),
  ])
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split(/\r?\n/)
  expect(lines).toHaveLength(2)
  expect(lines[1]).toContain('bob@example.com')
})

test('what changes is changed where it stands, and what is new is counted and shown when somebody asks', async () => {
  const { system } = console
  const waiting = { status: 'accepted', address: '+13125550177', contract_numbers: ['C-3'], stop_id: 's3' }
  const id = await seedMessage(system, waiting)
  const page = await open(`${path}?contractNumber=C-3`)
  await rows(page).getByText('Delivering').waitFor()

  await system.db('notifications').where({ id }).update({ status: 'delivered' })
  await rows(page).getByText('Delivered').waitFor()

  await seedMessage(system, { ...waiting, address: '+13125550178' })
  await page.getByText('1 new message').waitFor()
  expect(await rows(page).count()).toBe(1)
  await page.getByRole('button', { name: 'Show', exact: true }).click()
  await rows(page).getByText('+13125550178').waitFor()
  await page.getByText('1 new message').waitFor({ state: 'detached' })
  await system.db('notifications').whereIn('address', ['+13125550177', '+13125550178']).delete()
})

test('a viewer finds messages, and neither recipients nor texts', async () => {
  const viewer = { email: 'vic@acme.example', name: 'Vic Viewer', role: 'viewer', password: 'a password of the tests' }
  await saveOperator(console.system.db, { ...viewer, companyId: 'acme' })
  const page = await console.openSignedIn(`/companies/acme${path}?message=${delivered}`, {}, viewer)
  const dialog = page.getByRole('dialog')
  await dialog.getByText('1 segment, GSM-7').waitFor()
  expect(await dialog.getByRole('blockquote').textContent()).toBe('***')
  expect(await page.getByText('+13125550100').count()).toBe(0)
  expect(await page.getByRole('button', { name: /^Send again/ }).count()).toBe(0)
})

test('when the list cannot be read, that is said, and it can be asked for again', async () => {
  const page = await open('/not-told')
  await page.route('**/notifications?*', (route) => route.abort())
  await page.getByRole('link', { name: 'Messages', exact: true }).click()
  const again = page.getByRole('button', { name: 'Try again' })
  await again.waitFor()
  await page.unroute('**/notifications?*')
  await again.click()
  await rows(page).first().waitFor()
})
