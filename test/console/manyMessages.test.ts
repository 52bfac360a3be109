import type { Page } from 'playwright-core'
import { createCaller } from '../../dev/caller'
import { signIn } from './signIn'
import { useConsole } from './useConsole'

const console = useConsole()
const routes = 300
const stops = 15
const messages = 10_000
const day = '2026-12-02'

// Ten thousand are fetched page by page, which takes a busy machine a while.
jest.setTimeout(240_000)

/** A day of 300 routes with 15 stops each, over, so that the engine adds nothing; and 10,000 messages about them: delivered ones, and some of every other end. */
const fill = `
  INSERT INTO contracts (company_id, number, customer_name)
    SELECT 'acme', 'C' || n, 'Ann Smith' FROM generate_series(1, ${routes * stops}) n;
  INSERT INTO delivery_notifications (company_id, contract_number, position, method, address, events)
    SELECT 'acme', 'C' || n, 0, 'sms', '+1312' || (5550000 + n), '{confirmed}' FROM generate_series(1, ${routes * stops}) n;
  INSERT INTO routes (company_id, route_id, name, service_date, status, confirmed_at, confirmation)
    SELECT 'acme', 'R' || r, 'Route ' || r, '${day}', 'completed', '2026-12-01T15:00Z', 1
    FROM generate_series(1, ${routes}) r;
  INSERT INTO stops (company_id, route_id, stop_id, position, kind, scheduled_at, address)
    SELECT 'acme', route_id, 's' || s, s, 'delivery', timestamptz '${day} 14:00Z' + s * interval '30 minutes', '1 Main St'
    FROM routes, generate_series(1, ${stops}) s;
  INSERT INTO stop_contracts (company_id, route_id, stop_id, position, contract_number)
    SELECT company_id, route_id, stop_id, 0, 'C' || ((substr(route_id, 2)::integer - 1) * ${stops} + position) FROM stops;
  INSERT INTO notifications (company_id, route_id, stop_id, event, channel, address, revision, contract_numbers,
      confirmation, status, reason, reason_text, planned_at, settings_version, text)
    SELECT 'acme', 'R' || (n % ${routes} + 1), 's' || (n / ${routes} % ${stops} + 1),
      (ARRAY['confirmed', 'arrived', 'departed', 'updated'])[n / ${routes * stops} + 1], 'sms',
      '+1312' || (5550000 + n % ${routes} * ${stops} + n / ${routes} % ${stops} + 1), 1,
      ARRAY['C' || (n % ${routes} * ${stops} + n / ${routes} % ${stops} + 1)], 1,
      CASE WHEN n % 50 = 0 THEN 'failed' WHEN n % 50 = 1 THEN 'suppressed' ELSE 'delivered' END,
      CASE WHEN n % 50 = 0 THEN 'unreachable' WHEN n % 50 = 1 THEN 'stale' END,
      CASE WHEN n % 50 < 2 THEN 'It did not arrive.' END,
      timestamptz '2026-12-01 22:00Z' + n * interval '1 second', 1, 'Acme Rentals: your delivery comes 8:00 AM - 9:00 AM.'
    FROM generate_series(0, ${messages - 1}) n;
  INSERT INTO attempts (notification_id, number, at, outcome)
    SELECT id, 1, planned_at, 'accepted' FROM notifications WHERE company_id = 'acme' AND status <> 'suppressed';
  ANALYZE;
`

beforeAll(async () => {
  const { call, put } = createCaller(console.system)
  await call('PUT', '/companies/acme', { name: 'Acme Rentals' })
  await put('acme', '/settings', { timeZone: 'America/Chicago', customerNotifications: true, smsEnabled: true })
  await console.system.db.raw(fill)
})

/** Notes what takes the page's thread longer than 50 ms, from before its first script. */
const noteLongTasks = `
  window.longTasks = []
  new PerformanceObserver((list) => window.longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask', buffered: true })
`

async function open(path: string): Promise<Page> {
  const page = await console.open('/')
  await signIn(page, console.system, 'acme', '/task')
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.evaluate(
    `${noteLongTasks}; performance.clearResourceTimings(); performance.setResourceTimingBufferSize(2000)`,
  )
  await page.evaluate(`performance.mark('opened'); history.pushState(null, '', '/companies/acme${path}')`)
  return page
}

/** What the browser itself noted; printed for people, since another machine has other times. */
async function report(page: Page, what: string): Promise<void> {
  const noted = await page.evaluate(`({
    sinceOpened: performance.measure('all', 'opened').duration,
    requests: performance.getEntriesByType('resource').map(({ duration, transferSize }) => ({ duration, transferSize })),
    longTasks: window.longTasks,
    nodes: document.querySelectorAll('*').length,
  })`)
  const { sinceOpened, requests, longTasks, nodes } = noted as {
    sinceOpened: number
    requests: { duration: number; transferSize: number }[]
    longTasks: number[]
    nodes: number
  }
  const longest = (times: number[]) => Math.round(Math.max(0, ...times))
  process.stdout.write(
    `${what}: ${Math.round(sinceOpened)} ms; ${requests.length} requests, ${Math.round(requests.reduce((sum, { transferSize }) => sum + transferSize, 0) / 1000)} KB, the longest ${longest(requests.map(({ duration }) => duration))} ms; ` +
      `${longTasks.length} tasks over 50 ms, the longest ${longest(longTasks)} ms; ${nodes} nodes\n`,
  )
}

const count = (page: Page, selector: string) => page.locator(selector).count()
const requestsTo = (page: Page, path: string) =>
  page.evaluate(
    `performance.getEntriesByType('resource').filter(({ name }) => new URL(name).pathname.endsWith('${path}')).length`,
  )

test(`${messages} messages are scrolled through with few rows in the page and one request a page`, async () => {
  const page = await open('/messages')
  await page.locator('tr[data-row]').first().waitFor()
  await report(page, 'Messages, first page')
  expect(await count(page, '*')).toBeLessThan(1500)

  const last = page.locator(`tr[aria-rowindex="${messages + 1}"]`)
  // As somebody does who holds the End key: each page comes when its end is near.
  while (!(await last.isVisible())) await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)')
  await report(page, 'Messages, scrolled to the last')
  expect(await count(page, 'tr[data-row]')).toBeLessThan(80)
  expect(await count(page, '*')).toBeLessThan(1500)
  expect(await requestsTo(page, '/notifications')).toBeLessThanOrEqual(messages / 100 + 10)
})

test('who could not be told on a day of 300 routes is drawn by twenty routes', async () => {
  const page = await open(`/not-told?day=${day}`)
  await page
    .getByRole('region', { name: /^Route/ })
    .first()
    .waitFor()
  await report(page, 'Could not be told')
  expect(await count(page, 'section')).toBeLessThanOrEqual(20 + 3)
  expect(await count(page, '*')).toBeLessThan(5000)
  expect(await requestsTo(page, '/not-told')).toBe(1)
  // 200 failed messages, and none that is undelivered or unknown.
  expect(await requestsTo(page, '/notifications')).toBeLessThanOrEqual(4)
})

/** How often the page has written a moment in words since this was called: each drawn route does so for each of its stops. */
async function countsMoments(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(`
    window.momentsWritten = 0
    const { get } = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format')
    Object.defineProperty(Intl.DateTimeFormat.prototype, 'format', { get() {
      window.momentsWritten += 1
      return get.call(this)
    } })
  `)
  return () => page.evaluate<number>('window.momentsWritten')
}

test('of 300 routes of a day, there with one request, those near what is seen are drawn, and what changes alone is drawn again', async () => {
  const page = await open(`/routes?day=${day}`)
  await page.getByText(`${routes} routes`).waitFor()
  await report(page, 'Routes of a day')
  expect(await requestsTo(page, '/day')).toBeLessThanOrEqual(2)
  expect(await count(page, 'li[data-row]')).toBeLessThan(30)
  expect(await count(page, '*')).toBeLessThan(3000)

  // First those with messages that failed: R1, R101, R151, R201 …
  const focused = () => page.evaluate('document.activeElement.getAttribute("aria-label")')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  expect(await focused()).toBe('Route Route 101')

  const written = await countsMoments(page)
  const { db } = console.system
  await db('routes').where({ company_id: 'acme', route_id: 'R151' }).update({ driver_name: 'Mia Driver' })
  await page.getByText('Mia Driver').waitFor()
  // A stop is written in its chip and for screen readers; all drawn routes would be some 400.
  expect(await written()).toBeLessThan(3 * 2 * stops)

  const last = page.getByRole('listitem', { name: 'Route Route 99', exact: true })
  while (!(await last.isVisible())) await page.evaluate('window.scrollTo(0, document.documentElement.scrollHeight)')
  expect(await count(page, 'li[data-row]')).toBeLessThan(35)
  await report(page, 'Routes of a day, scrolled to the last')
  // Far away by now, and still where the keyboard is.
  expect(await focused()).toBe('Route Route 101')
  await page.keyboard.press('j')
  await page.getByRole('listitem', { name: 'Route Route 151', exact: true }).waitFor()
  expect(await focused()).toBe('Route Route 151')

  await page.keyboard.press('/')
  await page.keyboard.type('99')
  await last.waitFor()
  await page.getByText(`3 routes of ${routes}`).waitFor()
  await page.keyboard.press('Escape')

  await page.emulateMedia({ media: 'print' })
  await page
    .locator('li[data-row]')
    .nth(routes - 1)
    .waitFor()
  expect(await page.locator('header:visible, nav:visible, button:visible, input:visible').count()).toBe(0)
  expect(await page.getByRole('heading', { name: 'Routes' }).isVisible()).toBe(true)
})
