import { createCaller } from '../../dev/caller'
import { dispatcher } from './signIn'
import { accessibilityProblems, useConsole } from './useConsole'

const console = useConsole()
const path = '/companies/acme/routes/north/stops/s1'

beforeAll(async () => {
  const { call, put, confirm } = createCaller(console.system)
  await call('PUT', '/companies/acme', { name: 'Acme Rentals' })
  await put('acme', '/settings', {
    customerNotifications: true,
    smsEnabled: true,
    quietHours: null,
    events: { confirmed: { enabled: true } },
    confirmation: { sameDayDelayMinutes: 0 },
  })
  await put('acme', '/contracts/C-1', {
    customer: { name: 'Ann' },
    deliveryNotifications: [{ method: 'sms', address: '+15125550104', events: ['confirmed'] }],
  })
  console.system.twilio.fault({ kind: 'refuse', code: 21614, to: '+15125550104', times: 1 })
  const soon = new Date(Date.now() + 3_600_000)
  const stop = {
    stopId: 's1',
    kind: 'delivery',
    scheduledAt: soon.toISOString(),
    address: '1 Main St',
    contracts: ['C-1'],
  }
  await put('acme', '/contracts/C-2', { customer: { name: 'Nora Quiet' }, deliveryNotifications: [] })
  const quiet = { ...stop, stopId: 's2', address: '2 Oak St', contracts: ['C-2'] }
  const stops = [stop, quiet]
  await put('acme', '/routes/north', { name: 'North', serviceDate: soon.toISOString().slice(0, 10), stops })
  await confirm('acme', 'north')
})

test('a stop shows why its customer was not told, sends again with a reason, and is told of the delivery', async () => {
  const page = await console.openSignedIn(path)
  const failed = page.getByRole('article').filter({ hasText: 'No such number or mailbox' })
  await failed.waitFor({ timeout: 20_000 })
  expect(await failed.textContent()).toMatch(/Acme Rentals: your delivery is set for .* Ref C-1/)
  expect(await failed.textContent()).toMatch(/\d+ characters, 1 segment, GSM-7/)
  await page.getByText(/the provider refuses it for good/).waitFor()

  await failed.getByRole('button', { name: 'Send again …' }).click()
  const dialog = page.getByRole('dialog', { name: /^Send again: confirmation/ })
  await dialog.getByRole('button', { name: 'Send again' }).click()
  expect(await page.getByRole('article').count()).toBe(1)
  await dialog.getByLabel('Why is it sent again?').fill('The number works now')
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Send again' }).click()

  // Nothing asks for it: the live stream has the page read again.
  await page.getByText('“The number works now”').waitFor()
  await page
    .getByRole('article')
    .filter({ hasText: /Delivered|Delivering/ })
    .waitFor({ timeout: 20_000 })
  expect(await failed.getByRole('button', { name: 'Send again …' }).count()).toBe(0)
})

test('what a person told by phone is in the timeline, with who', async () => {
  const page = await console.openSignedIn(path)
  await page.getByRole('button', { name: 'Told by phone …' }).click()
  await page.getByRole('button', { name: 'The customer knows' }).click()
  await page.getByText('Contract C-1, confirmed: told by phone by Dana Dispatcher.').waitFor()
})

test('a stop leads to its route in Temporal’s UI', async () => {
  const page = await console.openSignedIn(path)
  const link = page.getByRole('link', { name: 'Open in Temporal' })
  await link.waitFor()
  expect(await link.getAttribute('href')).toMatch(
    /^https:\/\/temporal\.example\/namespaces\/[\w-]+\/workflows\/route%2Facme%2Fnorth$/,
  )
})

test('whoever has just signed in finds out with at most three clicks why a customer was not told', async () => {
  const page = await console.open('/')
  await page.evaluate(
    `window.clicks = 0; window.addEventListener('pointerdown', () => { window.clicks += 1 }, { capture: true })`,
  )
  const clicks = () => page.evaluate('window.clicks')
  const field = page.getByRole('searchbox', { name: 'Find a customer' })
  const why = page
    .getByText('Contract C-2, confirmed: The contract has no delivery notification for this event')
    .first()
  await page.getByLabel('Email').fill(dispatcher.email)
  await page.getByLabel('Password', { exact: true }).fill(dispatcher.password)
  await page.keyboard.press('Enter')
  await field.click()
  await page.keyboard.type('quiet')
  await page.keyboard.press('Enter')
  await page.getByText('1 stop', { exact: true }).waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
  await page.getByRole('link', { name: /Nora Quiet, contract C-2/ }).click()
  await why.waitFor()
  expect(await clicks()).toBe(2)

  // By something else that a customer may say, and on a phone, where the field is in the menu.
  await page.setViewportSize({ width: 360, height: 740 })
  await page.evaluate('window.clicks = 0')
  await page.getByRole('button', { name: 'Pages' }).click()
  await field.click()
  await field.fill('2 oak')
  await page.keyboard.press('Enter')
  await page.getByRole('link', { name: /Nora Quiet/ }).click()
  await why.waitFor()
  expect(await clicks()).toBe(3)
})
