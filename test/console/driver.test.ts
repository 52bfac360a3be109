import type { Page } from 'playwright-core'
import { createCaller } from '../../dev/caller'
import { accessibilityProblems, useConsole } from './useConsole'

const console = useConsole()
let caller: ReturnType<typeof createCaller>

/** A zone in which it is about noon, so that the day does not end under the test. */
const hour = new Date().getUTCHours()
const timeZone = hour === 12 ? 'Etc/GMT' : `Etc/GMT${hour > 12 ? '+' : '-'}${Math.abs(hour - 12)}`
const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()

beforeAll(async () => {
  caller = createCaller(console.system)
  await caller.call('PUT', '/companies/acme', { name: 'Acme Rentals' })
  await caller.put('acme', '/settings', {
    ...{ timeZone, customerNotifications: true, confirmation: { sameDayDelayMinutes: 0 } },
    events: { confirmed: { enabled: true } },
  })
  await caller.put('acme', '/contracts/C-1', {
    customer: { name: 'Ann Smith' },
    deliveryNotifications: [{ method: 'email', address: 'ann@example.com', events: ['confirmed'] }],
  })
  await caller.put('acme', '/contracts/C-2', { customer: { name: 'Bob' }, deliveryNotifications: [] })
})

/** A confirmed route of today, on a truck of its own, and the address of its driver's page. */
async function routeWithLink(routeId: string): Promise<string> {
  await caller.put('acme', `/trucks/T-${routeId}`, { name: 'Truck 7', device: null })
  await caller.put('acme', `/routes/${routeId}`, {
    ...{ name: 'North loop', truckId: `T-${routeId}`, driver: { name: 'Maria' } },
    serviceDate: new Intl.DateTimeFormat('en-CA', { timeZone }).format(),
    stops: [
      {
        stopId: 's1',
        kind: 'delivery',
        scheduledAt: inHours(1),
        address: '1200 Congress Ave, Austin',
        contracts: ['C-1'],
      },
      {
        stopId: 's2',
        kind: 'pickup',
        scheduledAt: inHours(2),
        address: '88 Rainey St, Austin',
        contracts: ['C-1', 'C-2'],
      },
    ],
  })
  await caller.confirm('acme', routeId)
  const { url } = (await caller.call('POST', `/companies/acme/routes/${routeId}/driver-link`)) as { url: string }
  return new URL(url).pathname
}

const openLink = async (path: string) => {
  const page = await console.open(path, { width: 360 })
  await page.getByRole('heading', { name: 'North loop' }).waitFor()
  return page
}
const stopOf = (page: Page, place: number) => page.getByRole('listitem').nth(place - 1)
const reported = (routeId: string) =>
  console.system.db('visit_events').where({ route_id: routeId }).orderBy('id').select('stop_id', 'kind', 'occurred_at')

test('the page says where to go, for which contracts, and what the customers were told', async () => {
  const page = await openLink(await routeWithLink('facts'))
  await page.getByText('Truck 7 · Maria').waitFor()
  const second = stopOf(page, 2)
  await second.getByText('Contracts C-1, C-2').waitFor()
  expect(await second.getByRole('link').getAttribute('href')).toBe(
    'https://www.google.com/maps/search/?api=1&query=88%20Rainey%20St%2C%20Austin',
  )
  await second.getByText(/^Told \d\d?:\d\d [AP]M – \d\d?:\d\d [AP]M (GMT|UTC)/).waitFor()
  expect(await page.content()).not.toContain('Ann Smith')
})

test('without a connection what is pressed waits, also through a reload, and is sent once with its own time', async () => {
  const page = await openLink(await routeWithLink('offline'))
  await page.evaluate(`navigator.serviceWorker.ready.then(async () => {
    while (!(await caches.match('/d/')) || !navigator.serviceWorker.controller) await new Promise((r) => setTimeout(r, 20))
  })`)
  await page.context().setOffline(true)
  // After a reload it takes Chromium a moment to remember that it is offline, in which a call would get through.
  await page.context().route('**/v1/**', (request) => request.abort())
  await page.getByText('No connection. Your reports will be kept and sent later.').waitFor()
  const before = Date.now()
  await page.getByRole('button', { name: 'Arrived: stop 1' }).click()
  await stopOf(page, 1).getByText('Will be sent').waitFor()
  await page.getByText('1 report will be sent when the connection is back.').waitFor()
  const after = Date.now()
  expect(await accessibilityProblems(page)).toEqual([])

  await page.reload()
  await stopOf(page, 1).getByText('Will be sent').waitFor()
  await page.getByRole('button', { name: 'Departed: stop 1' }).click()
  await page.getByText('2 reports will be sent when the connection is back.').waitFor()
  expect(await reported('offline')).toEqual([])

  await page.context().unroute('**/v1/**')
  await page.context().setOffline(false)
  await stopOf(page, 1).getByText('Will be sent').waitFor({ state: 'detached' })
  const events = await reported('offline')
  expect(events.map(({ kind, stop_id }) => `${stop_id} ${kind}`)).toEqual(['s1 arrived', 's1 departed'])
  const pressedAt = Number(events[0].occurred_at)
  expect(pressedAt).toBeGreaterThanOrEqual(before)
  expect(pressedAt).toBeLessThanOrEqual(after)
})

test('a report whose answer was lost is sent again and counts once', async () => {
  const page = await openLink(await routeWithLink('lost'))
  let calls = 0
  await page.route('**/s1/arrived', async (request) => {
    calls++
    if (calls > 1) return request.continue()
    await request.fetch()
    await request.abort()
  })
  await page.getByRole('button', { name: 'Arrived: stop 1' }).click()
  await page.getByText('1 report will be sent when the connection is back.').waitFor()
  expect(await reported('lost')).toHaveLength(1)
  await page.reload()
  await stopOf(page, 1).getByText('Will be sent').waitFor({ state: 'detached' })
  expect(calls).toBe(2)
  expect(await reported('lost')).toHaveLength(1)
})

test('the buttons give way to the truck’s device, with a sentence why; a stop can still be skipped, by keyboard', async () => {
  const page = await openLink(await routeWithLink('device'))
  await page.getByRole('button', { name: 'Arrived: stop 1' }).waitFor()
  await caller.put('acme', '/trucks/T-device', { name: 'Truck 7', device: { vendor: 'generic', deviceId: 'gps-7' } })
  await page.reload()
  await page.getByText('The truck’s GPS reports when it arrives and departs, so there is nothing to press.').waitFor()
  expect(await page.getByRole('button', { name: /^(Arrived|Departed)/ }).count()).toBe(0)
  await page.getByRole('button', { name: 'Skip: stop 1' }).focus()
  await page.keyboard.press('Enter')
  // The focus is on the harmless answer.
  expect(await page.evaluate('document.activeElement.textContent')).toBe('Back')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await stopOf(page, 1).getByText('Skipped').waitFor()
  await stopOf(page, 1).getByText('Will be sent').waitFor({ state: 'detached' })
  expect((await reported('device')).map(({ kind }) => kind)).toEqual(['skipped'])
})

test('a link that was taken back says so', async () => {
  const path = await routeWithLink('revoked')
  const page = await openLink(path)
  await caller.call('DELETE', '/companies/acme/routes/revoked/driver-link')
  await page.reload()
  await page.getByRole('heading', { name: 'This link no longer works' }).waitFor()
  expect(await accessibilityProblems(page)).toEqual([])
})
