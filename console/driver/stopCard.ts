import { createTimes } from '../parts/times'
import type { DriverRoute, DriverStop } from './driverApi'
import { element } from './element'
import type { Report } from './report'
import { stopState } from './stopState'

const words = { arrived: 'Arrived', departed: 'Departed', skipped: 'Skip' } as const

interface StopCard {
  route: DriverRoute
  stop: DriverStop
  place: number
  reports: readonly Report[]
  /** Whether the driver has pressed Skip and is asked whether they mean it. */
  asksToSkip: boolean
  press: (stop: DriverStop, kind: Report['kind']) => void
  askToSkip: (stop: DriverStop | null) => void
}

/** One stop: where, for which contracts, when, what has happened, and the buttons. */
export function stopCard({ route, stop, place, reports, asksToSkip, press, askToSkip }: StopCard): HTMLElement {
  const state = stopState(route, stop, reports)
  const times = createTimes(stop.timeZone, route.timeFormat)
  const { stopId, kind, address, contracts, toldWindow, scheduledAt } = stop
  const zone = times.zoneName(scheduledAt)
  const when = toldWindow
    ? `Told ${times.clock(toldWindow.start)} – ${times.clock(toldWindow.end)} ${zone}`
    : `Planned for ${times.clock(scheduledAt)} ${zone}; nobody has been told`
  const done = [
    state.arrivedAt !== undefined && `Arrived ${times.clock(state.arrivedAt)}`,
    state.departedAt !== undefined && `Departed ${times.clock(state.departedAt)}`,
    state.status === 'skipped' && 'Skipped',
  ].filter((line) => line !== false)
  const name = `stop ${place}, ${address}`
  const button = (kind: Report['kind']) =>
    element(
      'button',
      {
        type: 'button',
        class: kind,
        'data-key': `${stopId} ${kind}`,
        'aria-label': `${words[kind]}: ${name}`,
        click: () => (kind === 'skipped' ? askToSkip(stop) : press(stop, kind)),
      },
      words[kind],
    )
  return element(
    'li',
    { class: 'stop', 'data-status': state.status },
    element('h2', {}, `${place}. ${kind === 'pickup' ? 'Pickup' : 'Delivery'}`),
    element('a', { href: mapsLink(stop), target: '_blank', rel: 'noreferrer', class: 'address' }, address),
    element('p', {}, `Contract${contracts.length === 1 ? '' : 's'} ${contracts.join(', ')}`),
    element('p', { class: 'when' }, when),
    done.length > 0 && element('p', { class: 'done' }, done.join(', ')),
    state.waits && element('p', { class: 'waits' }, 'Will be sent'),
    state.refused !== undefined && element('p', { class: 'refused' }, state.refused),
    asksToSkip
      ? element(
          'div',
          { class: 'ask', role: 'group', 'aria-label': `Skip ${name}?` },
          element('p', {}, 'Skip this stop? The customer is not told.'),
          element(
            'button',
            { type: 'button', 'data-key': 'yes', click: () => press(stop, 'skipped') },
            'Skip the stop',
          ),
          element('button', { type: 'button', 'data-key': 'no', click: () => askToSkip(null) }, 'Back'),
        )
      : state.buttons.length > 0 && element('div', { class: 'buttons' }, ...state.buttons.map(button)),
  )
}

/** Opens the phone's maps app, or Google's page where there is none. */
function mapsLink({ location, address }: DriverStop): string {
  const query = location === undefined ? address : `${location.latitude},${location.longitude}`
  return `https://www.google.com/maps/search/?api=1&query=${encodeURIComponent(query)}`
}
