import { createCaller } from '../../dev/caller'
import { signIn } from './signIn'
import { accessibilityProblems, useConsole } from './useConsole'

const console = useConsole()

beforeAll(async () => {
  const { call, put } = createCaller(console.system)
  await call('PUT', '/companies/acme', { name: 'Acme Rentals' })
  await put('acme', '/settings', { timeZone: 'America/Chicago' })
  await call('POST', '/api-keys', { name: 'Back office', role: 'viewer', companyId: 'acme' })
  await call('POST', '/companies/acme/consents', {
    ...{ address: '+15125550100', channel: 'sms', action: 'revoked', source: 'phone call', note: 'moved away' },
  })
})

async function openPage(path: string, title: string) {
  const page = await console.open('/')
  await signIn(page, console.system, 'acme', path)
  await page.getByRole('heading', { name: title, exact: true }).waitFor()
  return page
}

test('the health page says how each part is', async () => {
  const page = await openPage('/health', 'Health')
  await page.getByText('Nothing waits for Temporal.').waitFor()
  await page.getByText('No truck with a device is on a live route today.').waitFor()
})

test('a consent is added with its source and note; an impossible number is refused at its field', async () => {
  const page = await openPage('/consents', 'Consents')
  await page.getByRole('button', { name: 'Add a consent' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Address').fill('12')
  await dialog.getByLabel('Source').fill('letter')
  await dialog.getByLabel('Note').fill('of the first of May')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await dialog.getByLabel('Address').and(page.locator('[aria-invalid=true]')).waitFor()
  expect(await dialog.getByLabel('Address').getAttribute('aria-invalid')).toBe('true')
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog.getByLabel('Address').fill('(512) 555-0177')
  await dialog.getByRole('button', { name: 'Add' }).click()
  await page.getByText('+15125550177').waitFor()
  await page.getByText('letter: of the first of May').waitFor()
  await page.getByRole('searchbox', { name: 'Phone number or email' }).fill('+15125550100')
  await page.keyboard.press('Enter')
  await page.getByText('+15125550177').waitFor({ state: 'detached' })
  await page.getByText('phone call: moved away').waitFor()
})

test('a key is shown once, works, and does not when it is revoked', async () => {
  const page = await openPage('/api-keys', 'API keys')
  await page.getByRole('button', { name: 'Make a key' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Till')
  await page.getByRole('button', { name: 'Make the key' }).click()
  const key = (await page.getByRole('dialog').locator('pre').textContent()) ?? ''
  expect(await accessibilityProblems(page)).toEqual([])
  const status = async () =>
    (await fetch(`${console.system.url}/v1/companies/acme`, { headers: { authorization: `Bearer ${key}` } })).status
  expect(await status()).toBe(200)
  await page.getByRole('button', { name: 'Done' }).click()
  expect(await page.content()).not.toContain(key)
  await page.getByRole('button', { name: 'Revoke Till' }).click()
  await page.getByText('This cannot be undone.').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await page.getByText('The key Till is revoked.').waitFor()
  expect(await status()).toBe(401)
})
