import { createTimes } from '../parts/times'
import type { DriverRoute, DriverStop } from './driverApi'
import { element } from './element'
import { type Report, waits } from './report'
import { stopCard } from './stopCard'

interface Drawn {
  /** Null: it has never been read on this phone. */
  route: DriverRoute | 'gone' | null
  reports: readonly Report[]
  /** Whether the last try to reach the server failed. */
  isLost: boolean
  askedToSkip: string | null
  press: (stop: DriverStop, kind: Report['kind']) => void
  askToSkip: (stop: DriverStop | null) => void
  retry: () => void
}

const times = createTimes('UTC', '12h')

/** Draws the whole page anew, and leaves the focus where it was. */
export function drawRoute(drawn: Drawn): void {
  const main = document.getElementById('driver')
  if (main === null) throw new Error('driver.html has no element with the id "driver".')
  const focused = document.activeElement?.getAttribute('data-key')
  main.replaceChildren(...contentOf(drawn))
  const { askedToSkip } = drawn
  const focusedNow = askedToSkip !== null && focused === `${askedToSkip} skipped` ? 'no' : focused
  if (focusedNow !== null && focusedNow !== undefined)
    main.querySelector<HTMLElement>(`[data-key="${CSS.escape(focusedNow)}"]`)?.focus()
}

function contentOf(drawn: Drawn): HTMLElement[] {
  const { route, isLost } = drawn
  if (route === 'gone')
    return [
      element('h1', {}, 'This link no longer works'),
      element('p', {}, 'It is for one day, or was taken back. Ask the dispatcher for a new one.'),
    ]
  if (route === null)
    return isLost
      ? [
          element('h1', {}, 'No connection'),
          element('p', {}, 'Your stops could not be loaded.'),
          element('button', { type: 'button', 'data-key': 'retry', click: drawn.retry }, 'Try again'),
        ]
      : [element('h1', {}, 'Today’s stops'), element('p', { role: 'status' }, 'Loading your stops …')]
  return [head(route), status(drawn), ...whyHidden(route), stops(route, drawn)]
}

function head({ name, serviceDate, truckName, driver }: DriverRoute): HTMLElement {
  const about = [times.dayOfDate(serviceDate), truckName, driver?.name].filter((part) => part !== undefined)
  return element('header', {}, element('h1', {}, name), element('p', {}, about.join(' · ')))
}

/** What a driver has to know of the connection; empty when all is well. */
function status({ isLost, reports }: Drawn): HTMLElement {
  const waiting = reports.filter(waits).length
  const willBeSent = `${waiting} report${waiting === 1 ? '' : 's'} will be sent when the connection is back.`
  const text = !isLost
    ? ''
    : waiting === 0
      ? 'No connection. Your reports will be kept and sent later.'
      : `No connection. ${willBeSent}`
  return element('p', { role: 'status', class: text === '' ? 'quiet' : 'lost' }, text)
}

function whyHidden({ buttons }: DriverRoute): HTMLElement[] {
  if (buttons.shown || buttons.reasonText === undefined) return []
  return [element('p', { class: 'why' }, buttons.reasonText)]
}

function stops(route: DriverRoute, drawn: Drawn): HTMLElement {
  if (route.stops.length === 0) return element('p', {}, 'There is no stop on this route.')
  return element(
    'ol',
    {},
    ...route.stops.map((stop, index) =>
      stopCard({ ...drawn, route, stop, place: index + 1, asksToSkip: drawn.askedToSkip === stop.stopId }),
    ),
  )
}
