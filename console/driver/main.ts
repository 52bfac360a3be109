import './driver.css'
import { createClock } from './clock'
import { drawRoute } from './drawRoute'
import { createDriverApi, type DriverRoute, type DriverStop } from './driverApi'
import { keepForOffline } from './keepForOffline'
import type { Report } from './report'
import { createReports } from './reports'
import { sendReports } from './sendReports'

const token = location.pathname.split('/').pop() ?? ''
const clock = createClock(localStorage)
const api = createDriverApi(token, clock.note)
const reports = createReports(localStorage, token)
const routeKey = `driver-route-${token}`

/** So often the route is read again while somebody looks at it, and what waits is tried again. */
const everyMs = 20_000

const keptRoute = localStorage.getItem(routeKey)
let route: DriverRoute | 'gone' | null = keptRoute === null ? null : JSON.parse(keptRoute)
let isLost = false
let askedToSkip: string | null = null

function draw(): void {
  const skip = (stop: DriverStop | null) => {
    askedToSkip = stop?.stopId ?? null
    draw()
  }
  drawRoute({ route, reports: reports.all(), isLost, askedToSkip, press, askToSkip: skip, retry: () => void refresh() })
}

function press({ stopId }: DriverStop, kind: Report['kind']): void {
  askedToSkip = null
  reports.add({ eventId: crypto.randomUUID(), stopId, kind, occurredAt: new Date(clock.now()).toISOString() })
  draw()
  void refresh()
}

let refreshing: Promise<void> | null = null
let again = false

/** Sends what waits, then reads the route; one at a time, and once more if something was pressed meanwhile. */
function refresh(): Promise<void> {
  again = true
  refreshing ??= (async () => {
    while (again) {
      again = false
      await exchange()
      draw()
    }
  })().finally(() => {
    refreshing = null
  })
  return refreshing
}

async function exchange(): Promise<void> {
  const allSent = await sendReports(reports, api, clock.now, draw)
  const read = await api.route()
  isLost = read === null || !allSent
  if (read === null) return
  route = read
  if (read === 'gone') localStorage.removeItem(routeKey)
  else {
    localStorage.setItem(routeKey, JSON.stringify(read))
    reports.forgetShown(read, clock.now())
  }
}

addEventListener('online', () => void refresh())
addEventListener('offline', () => {
  isLost = true
  draw()
})
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') void refresh()
})
setInterval(() => {
  if (document.visibilityState === 'visible' || reports.waiting().length > 0) void refresh()
}, everyMs)

draw()
void refresh()
// Without it the page works as long as it is open.
void keepForOffline().catch(() => undefined)
