import type { Page } from 'playwright-core'
import { createCaller } from '../../dev/caller'
import { type HandOffReceiverStandIn, startHandOffReceiver } from '../setup/handOffReceiver'
import { accessibilityProblems, useConsole } from './useConsole'

const console = useConsole()
let receiver: HandOffReceiverStandIn | undefined

beforeAll(async () => {
  const { call } = createCaller(console.system)
  await call('PUT', '/companies/acme', { name: 'Acme Rentals' })
  // Of its own: tests of providers are few a minute for one company.
  await call('PUT', '/companies/other', { name: 'Other Rentals' })
})
afterAll(() => receiver?.stop())

const dialogOf = (page: Page) => page.getByRole('dialog')
/** Waits until the field says that what was entered is refused. */
const refused = (page: Page, label: string) => page.getByLabel(label).and(page.locator('[aria-invalid=true]')).waitFor()

/** Opens one of the dialogs about an operator. */
async function manage(page: Page, name: string, what: string) {
  await page.getByRole('button', { name: `Manage ${name}` }).click()
  await page.getByRole('menuitem', { name: what }).click()
  return dialogOf(page)
}

/** The link that is shown, after which it is nowhere on the page. */
async function takeLink(page: Page): Promise<string> {
  const link = (await dialogOf(page).locator('pre').textContent()) ?? ''
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Done' }).click()
  await dialogOf(page).waitFor({ state: 'detached' })
  expect(await page.content()).not.toContain(link)
  return link
}

async function setPassword(page: Page, password: string, again = password) {
  await page.getByLabel('New password').fill(password)
  await page.getByLabel('Once more').fill(again)
  await page.getByRole('button', { name: 'Set it and sign in' }).click()
}

test('an operator is added, sets a password by the link, and may do what the role says until removed', async () => {
  const admin = await console.openSignedIn('/companies/acme/operators')
  await admin.getByText('Dana Dispatcher (you)').waitFor()

  await admin.getByRole('button', { name: 'Add an operator' }).click()
  await dialogOf(admin).getByLabel('Name').fill('Vic Viewer')
  await dialogOf(admin).getByLabel('Email').fill('vic')
  await dialogOf(admin).getByRole('button', { name: 'Add' }).click()
  await refused(admin, 'Email')
  expect(await accessibilityProblems(admin)).toEqual([])
  await dialogOf(admin).getByLabel('Email').fill('vic@acme.example')
  await dialogOf(admin).getByRole('button', { name: 'Add' }).click()
  const link = await takeLink(admin)
  await admin.getByText('No password yet').waitFor()

  const vic = await console.open(link)
  await setPassword(vic, 'too short')
  await refused(vic, 'New password')
  await setPassword(vic, 'a password of Vic', 'another password')
  await refused(vic, 'Once more')
  expect(await accessibilityProblems(vic)).toEqual([])
  await setPassword(vic, 'a password of Vic')
  await vic.getByRole('button', { name: /^Vic Viewer/ }).waitFor()
  expect(await vic.getByRole('link', { name: 'Operators' }).count()).toBe(0)
  expect(vic.url()).not.toContain('#')

  const late = await console.open(link)
  await setPassword(late, 'one more password')
  expect(await late.getByRole('alert').textContent()).toContain('Ask whoever sent it for a new one.')
  await (await manage(admin, 'Vic Viewer', 'New password link')).getByRole('button', { name: 'Make the link' }).click()
  const second = await takeLink(admin)
  await console.system.db.raw("UPDATE password_links SET expires_at = now() - interval '1 minute'")
  await late.goto(second)
  await late.reload()
  await setPassword(late, 'one more password')
  expect(await late.getByRole('alert').textContent()).toContain('its time has passed')

  const change = await manage(admin, 'Vic Viewer', 'Change')
  await change.getByLabel('Role').selectOption('viewer')
  await change.getByRole('button', { name: 'OK' }).click()
  await admin.getByText('Vic Viewer is changed.').waitFor()
  await vic.goto('/companies/acme/integrations')
  await vic.getByRole('heading', { name: 'Samsara' }).waitFor()
  expect(
    await vic
      .getByRole('main')
      .getByRole('button', { name: /^(?!Copy)/ })
      .count(),
  ).toBe(0)

  await (await manage(admin, 'Vic Viewer', 'Sign out')).getByRole('button', { name: 'Sign out' }).click()
  await admin.getByText('Vic Viewer is signed out everywhere.').waitFor()
  await vic.reload()
  await vic.getByRole('button', { name: 'Sign in' }).waitFor()

  const own = await manage(admin, 'Dana Dispatcher', 'Change')
  await own.getByLabel('Role').selectOption('dispatch')
  await own.getByRole('button', { name: 'OK' }).click()
  await own.getByRole('alert').getByText('Nobody changes their own role').waitFor()
  await own.getByRole('button', { name: 'Cancel' }).click()

  await (await manage(admin, 'Vic Viewer', 'Remove')).getByRole('button', { name: 'Remove' }).click()
  await admin.getByText('vic@acme.example').waitFor({ state: 'detached' })
  await vic.getByLabel('Email').fill('vic@acme.example')
  await vic.getByLabel('Password', { exact: true }).fill('a password of Vic')
  await vic.getByRole('button', { name: 'Sign in' }).click()
  await vic.getByRole('alert').waitFor()
})

test('an integration is set up with a secret that nobody reads back, tried out, edited and removed', async () => {
  const page = await console.openSignedIn('/companies/acme/integrations')
  const card = page.getByRole('region', { name: 'Generic webhook' })
  const dialog = dialogOf(page)
  await card.getByText('Not set up').waitFor()
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await card.getByRole('button', { name: /^Copy the webhook address/ }).click()
  await card.getByRole('button', { name: /^Copied/ }).waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(`${console.system.url}/v1/webhooks/generic/acme`)

  await card.getByRole('button', { name: 'Set up' }).click()
  await dialog.getByRole('textbox', { name: 'Webhook secret' }).fill('not base64!')
  await dialog.getByLabel('Hand-off address').fill('http://vendor.example')
  await dialog.getByRole('button', { name: 'Set up' }).click()
  await refused(page, 'Webhook secret')
  await refused(page, 'Hand-off address')
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog.getByRole('textbox', { name: 'Webhook secret' }).fill('')
  await dialog.getByRole('button', { name: 'Make one' }).click()
  const made = await dialog.getByRole('textbox', { name: 'Webhook secret' }).inputValue()
  expect(Buffer.from(made, 'base64')).toHaveLength(24)
  await dialog.getByRole('status').getByText(made).waitFor()
  receiver = await startHandOffReceiver(made)
  await dialog.getByLabel('Hand-off address').fill(receiver.url)
  await dialog.getByRole('button', { name: 'Set up' }).click()
  await card.getByText('Set', { exact: true }).waitFor()
  expect(await page.content()).not.toContain(made)

  await card.getByRole('button', { name: 'Send a test' }).click()
  await card.getByText('The receiver took the signed test.').waitFor({ timeout: 30_000 })
  expect(receiver.received.all).toMatchObject([{ genuine: true, body: { type: 'test' } }])

  await card.getByRole('button', { name: 'Edit' }).click()
  await dialog.getByLabel('Hand-off address').fill(`${receiver.url}/elsewhere`)
  await dialog.getByRole('button', { name: 'OK' }).click()
  await card.getByText(`${receiver.url}/elsewhere`).waitFor()
  receiver.answer(500)
  await card.getByRole('button', { name: 'Send a test' }).click()
  await card.getByText('It does not work').waitFor({ timeout: 30_000 })
  expect(receiver.received.all).toMatchObject([{ genuine: true }, { genuine: true, status: 500 }])

  await card.getByRole('button', { name: 'Edit' }).click()
  await dialog.getByLabel('Forget the stored one: Webhook secret').check()
  await dialog.getByRole('button', { name: 'OK' }).click()
  await card.getByText('Not set: whatever').waitFor()
  expect(await card.getByText('It does not work').count()).toBe(0)
  await card.getByRole('button', { name: 'Send a test' }).click()
  await card.getByRole('alert').getByText('a webhookSecret to sign with').waitFor()
  await card.getByRole('button', { name: 'Remove' }).click()
  await dialog.getByRole('button', { name: 'Remove' }).click()
  await card.getByText('Not set up').waitFor()
})

test('a test message says what the provider answered', async () => {
  const page = await console.openSignedIn('/companies/other/integrations')
  await page.getByRole('button', { name: 'Send a test message by Twilio' }).click()
  const dialog = dialogOf(page)
  const send = async (address: string) => {
    await dialog.getByLabel('Address').fill(address)
    await dialog.getByRole('button', { name: 'Send', exact: true }).click()
  }
  await send('12')
  await refused(page, 'Address')
  await send('(512) 555-0123')
  await dialog.getByText('Twilio took the message.').waitFor({ timeout: 30_000 })
  expect(await accessibilityProblems(page)).toEqual([])
  expect(console.system.twilio.received.map(({ to }) => to)).toEqual(['+15125550123'])
  await dialog.getByLabel('Channel').selectOption('email')
  await send('ann@example.com')
  await dialog.getByText('The mail server took the message.').waitFor({ timeout: 30_000 })
  await createCaller(console.system).call('POST', '/companies/other/consents', {
    ...{ address: 'ann@example.com', channel: 'email', action: 'revoked', source: 'letter' },
  })
  await send('ann@example.com')
  await dialog.getByText('Recipient opted out').waitFor()
})
