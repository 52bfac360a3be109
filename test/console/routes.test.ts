import type { Page } from 'playwright-core'
import { saveOperator } from '../../api/operators/saveOperator'
import { createCaller } from '../../dev/caller'
import { events } from '../../domain/words'
import { accessibilityProblems, useConsole } from './useConsole'

const console = useConsole()
const told = (method: string, address: string) => ({ method, address, events: ['confirmed', 'arrived'] })

async function plan(routeId: string, name: string, stops: object[]): Promise<void> {
  const { put } = createCaller(console.system)
  await put('acme', `/routes/${routeId}`, {
    name,
    serviceDate: new Date().toISOString().slice(0, 10),
    truckId: 'T1',
    driver: { name: 'Sam Driver' },
    stops: stops.map((stop, index) => ({
      stopId: `s${index + 1}`,
      kind: 'delivery',
      scheduledAt: new Date(Date.now() + (index + 1) * 1_800_000).toISOString(),
      address: `${index + 1} Main St, Austin`,
      ...stop,
    })),
  })
}

beforeAll(async () => {
  const { call, put } = createCaller(console.system)
  await call('PUT', '/companies/acme', { name: 'Acme Rentals' })
  await put('acme', '/settings', {
    customerNotifications: true,
    smsEnabled: true,
    quietHours: null,
    events: Object.fromEntries(events.map((event) => [event, { enabled: true }])),
    confirmation: { sameDayDelayMinutes: 0 },
  })
  await put('acme', '/trucks/T1', { name: 'Truck 1', device: null })
  const contracts = {
    'C-1': [told('sms', '+15125550101'), told('email', 'ann@example.com')],
    'C-2': [told('sms', '+15125550104')],
    'C-3': [],
  }
  for (const [number, deliveryNotifications] of Object.entries(contracts))
    await put('acme', `/contracts/${number}`, { customer: { name: 'Ann' }, deliveryNotifications })
  await plan('north', 'North', [{ contracts: ['C-1'] }, { contracts: ['C-2', 'C-3'] }])
  await plan('south', 'South', [{ contracts: ['C-1'] }])
  console.system.twilio.fault({ kind: 'refuse', code: 21614, to: '+15125550104', times: 1 })
})

const row = (page: Page, name: string) => page.getByRole('listitem', { name: `Route ${name}` })

test('a route is confirmed after its forecast was seen, and its customers are seen to be told', async () => {
  const page = await console.openSignedIn('/companies/acme/routes')
  await row(page, 'North').getByRole('button', { name: 'Confirm route North' }).click()
  const dialog = page.getByRole('dialog', { name: 'Confirm route North' })
  await dialog.getByRole('heading', { name: /Who will be told \(3\)/ }).waitFor()
  const shown = await dialog.textContent()
  expect(shown).toContain('+15125550101')
  expect(shown).toContain('ann@example.com')
  expect(shown).toMatch(/your delivery is set for .* Ref C-2/)
  expect(shown).toMatch(/Who will not be told, and why \(\d\).*Contract C-3/)
  expect(await accessibilityProblems(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Confirm the route' }).click()

  // Nothing asks for it: the live stream has the board read again.
  await row(page, 'North').getByText('Confirmed', { exact: true }).waitFor()
  await row(page, 'North').getByText('1 message failed').waitFor({ timeout: 20_000 })
  const first = /^Stop 1, .* Confirmation: (Sent|Delivering|Delivered)/
  await row(page, 'North').getByRole('link', { name: first }).waitFor()
  // What needs attention stands first.
  expect(
    await page
      .getByRole('listitem', { name: /^Route/ })
      .first()
      .getAttribute('aria-label'),
  ).toBe('Route North')
})

test('the keyboard alone searches, and moves through the routes', async () => {
  const page = await console.openSignedIn('/companies/acme/routes')
  await row(page, 'South').waitFor()
  await page.keyboard.press('/')
  await page.keyboard.type('south')
  await row(page, 'North').waitFor({ state: 'detached' })
  expect(new URL(page.url()).search).toBe('?q=south')
  await page.keyboard.press('Escape')
  await row(page, 'North').waitFor()
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  const focused = () => page.evaluate('document.activeElement.getAttribute("aria-label")')
  expect(await focused()).toBe('Route South')
  await page.keyboard.press('k')
  expect(await focused()).toBe('Route North')
})

test('a driver’s link is made, shown once with how long it is valid, and works', async () => {
  const page = await console.openSignedIn('/companies/acme/routes')
  await row(page, 'South').getByRole('button', { name: 'More for route South' }).click()
  await page.getByRole('menuitem', { name: 'Driver’s link …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Driver’s link of route South' })
  await dialog.getByText('reports them arrived, departed or skipped').waitFor()
  await dialog.getByText('Until the route is confirmed').waitFor()
  await dialog.getByRole('button', { name: 'Make the link' }).click()
  await dialog.getByText(/valid until .*12:00 PM/).waitFor()
  const link = (await dialog.locator('pre').textContent()) ?? ''
  expect(await accessibilityProblems(page)).toEqual([])
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await dialog.getByRole('button', { name: 'Copy' }).click()
  await dialog.getByRole('button', { name: 'Copied' }).waitFor()
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(link)
  await dialog.getByRole('button', { name: 'Done' }).click()
  const drivers = await console.open(new URL(link).pathname)
  await drivers.getByRole('heading', { name: 'South' }).waitFor()
})

test('a viewer sees the board, and no button that they may not use', async () => {
  const viewer = { email: 'vic@acme.example', name: 'Vic Viewer', role: 'viewer', password: 'a password of the tests' }
  await saveOperator(console.system.db, { ...viewer, companyId: 'acme' })
  const page = await console.openSignedIn('/companies/acme/routes', {}, viewer)
  await row(page, 'South').waitFor()
  expect(await page.getByRole('button', { name: /route (North|South)$/ }).count()).toBe(0)
})

test('a route is un-confirmed and cancelled after a word on what that does', async () => {
  const page = await console.openSignedIn('/companies/acme/routes')
  await row(page, 'South').getByRole('button', { name: 'More for route South' }).click()
  await page.getByRole('menuitem', { name: 'Cancel the route …' }).click()
  const dialog = page.getByRole('dialog', { name: 'Cancel route South?' })
  await dialog.getByText('nobody hears of it').waitFor()
  await dialog.getByRole('button', { name: 'Cancel the route' }).click()
  await row(page, 'South').getByText('Cancelled', { exact: true }).waitFor()
})
