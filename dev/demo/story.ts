import type { Instant } from '../../domain/words'
import type { Caller } from '../caller'
import type { System } from '../startSystem'
import { acme, lakeside } from './companies'
import type { Day, Week } from './week'

/** Something that somebody does at a moment of the week. */
export interface Scene {
  at: Instant
  zone: string
  text: string
  act(): Promise<unknown>
}

/** What happens in the demo's week, in order. What must be sent because of it is in `expected.ts`. */
export function storyOf(caller: Caller, { twilio }: Pick<System, 'twilio'>, week: Week): Scene[] {
  const scenes: Scene[] = []
  const at = (day: Day, time: string, text: string, act: () => Promise<unknown>, zone = acme.zone) =>
    scenes.push({ at: week.at(day, time, zone), zone, text, act })
  const stop = (stopId: string, day: Day, time: string, contracts: string[], more: object = {}) => ({
    stopId,
    kind: 'delivery',
    scheduledAt: new Date(week.at(day, time, contracts[0]?.startsWith('L-') ? lakeside.zone : acme.zone)).toISOString(),
    address: `${stopId.toUpperCase()} Main St`,
    contracts,
    ...more,
  })
  const route = (company: string, routeId: string, name: string, day: Day, truckId: string, stops: unknown[]) =>
    caller.put(company, `/routes/${routeId}`, {
      name,
      serviceDate: week.date(day),
      truckId,
      driver: { name: 'Sam' },
      stops,
    })
  const confirm = (routeId: string) => caller.confirm('acme', routeId)

  at('Tue', '08:55', 'The provider is told to make trouble for three numbers', async () => {
    twilio.fault({ kind: 'refuse', code: 21614, to: '+15125550104' })
    twilio.fault({ kind: 'rate_limited', retryAfterSeconds: 30, to: '+15125550105', times: 1 })
    twilio.fault({ kind: 'drop_after_accept', to: '+15125550106', times: 1 })
  })
  at('Tue', '09:00', 'Dispatcher confirms today’s route: Ann at 13:00, Bob and Dan at 15:00', async () => {
    await route('acme', 'today', 'Today', 'Tue', 'T1', [
      stop('a1', 'Tue', '13:00', ['C-1001']),
      stop('a2', 'Tue', '15:00', ['C-1002', 'C-1004'], { kind: 'pickup' }),
    ])
    await confirm('today')
  })
  at('Tue', '09:10', 'Dispatcher confirms a route by mistake …', async () => {
    await route('acme', 'mistake', 'Mistake', 'Tue', 'T1', [stop('m1', 'Tue', '17:00', ['C-1003'])])
    await confirm('mistake')
  })
  at('Tue', '09:12', '… and takes it back within the delay', () => caller.unconfirm('acme', 'mistake'))
  at('Tue', '10:00', 'Dispatcher confirms tomorrow’s route of the truck with GPS: Ann, Eve, Finn and Gus', async () => {
    await route('acme', 'tomorrow', 'Tomorrow', 'Wed', 'T2', [
      stop('t1', 'Wed', '09:00', ['C-1001'], { geofence: { id: 'yard-1' } }),
      stop('t2', 'Wed', '10:30', ['C-1005', 'C-1007'], { geofence: { id: 'yard-2' } }),
      stop('t3', 'Wed', '13:00', ['C-1006'], { geofence: { id: 'yard-3' } }),
    ])
    await confirm('tomorrow')
  })
  at(
    'Tue',
    '11:00',
    'Dispatcher confirms a route for tomorrow that the rain will cancel, and one that is dropped early',
    async () => {
      await route('acme', 'rain', 'Rain', 'Wed', 'T1', [stop('r1', 'Wed', '14:00', ['C-1002', 'C-1003'])])
      await confirm('rain')
      await route('acme', 'dropped', 'Dropped', 'Wed', 'T1', [stop('d1', 'Wed', '15:00', ['C-1002'])])
      await confirm('dropped')
    },
  )
  at(
    'Tue',
    '12:00',
    'Lakeside’s dispatcher confirms a route of next week; its customers hear of it one open day before',
    async () => {
      await route('lakeside', 'next-week', 'Linen', 'next Tue', 'V1', [stop('l1', 'next Tue', '10:00', ['L-77'])])
      await caller.confirm('lakeside', 'next-week')
    },
    lakeside.zone,
  )
  at('Tue', '13:02', 'Driver: arrived at Ann’s', () => caller.driver('acme', 'today', 'a1', 'arrived'))
  at('Tue', '13:24', 'Driver: departed', () => caller.driver('acme', 'today', 'a1', 'departed'))
  at('Tue', '15:10', 'Driver: arrived at Bob’s and Dan’s', () => caller.driver('acme', 'today', 'a2', 'arrived'))
  at('Tue', '15:30', 'Dispatcher cancels the dropped route, before anybody was told', () =>
    caller.cancel('acme', 'dropped'),
  )
  at('Tue', '15:31', 'Driver: departed', () => caller.driver('acme', 'today', 'a2', 'departed'))
  at('Tue', '17:00', 'Rain: the dispatcher cancels a route whose customers were told', () =>
    caller.cancel('acme', 'rain'),
  )
  at(
    'Tue',
    '18:00',
    'Dispatcher confirms an early route for tomorrow 06:30: too late to wait for the morning',
    async () => {
      await route('acme', 'early', 'Early', 'Wed', 'T1', [stop('e1', 'Wed', '06:30', ['C-1008'])])
      await confirm('early')
    },
  )
  at('Tue', '22:30', 'Dispatcher confirms another for 06:45, in quiet hours', async () => {
    await route('acme', 'night', 'Night', 'Wed', 'T1', [stop('n1', 'Wed', '06:45', ['C-1009'])])
    await confirm('night')
  })
  const gps = (kind: 'enter' | 'exit', yard: string) => caller.gps('acme', 'gps-2', kind, yard)
  at('Wed', '08:56', 'GPS: the truck crosses Ann’s geofence …', () => gps('enter', 'yard-1'))
  at('Wed', '08:56:30', '… but only drives by', () => gps('exit', 'yard-1'))
  at('Wed', '09:01', 'GPS: the truck enters Ann’s geofence and stays', () => gps('enter', 'yard-1'))
  at('Wed', '09:20', 'GPS: and leaves', () => gps('exit', 'yard-1'))
  at('Wed', '10:33', 'GPS: enters Eve’s', () => gps('enter', 'yard-2'))
  at('Wed', '10:50', 'GPS: leaves', () => gps('exit', 'yard-2'))
  at('Wed', '13:05', 'GPS: enters Finn’s', () => gps('enter', 'yard-3'))
  at('Wed', '13:30', 'GPS: leaves; the route is done', () => gps('exit', 'yard-3'))
  const van = (what: 'arrived' | 'departed') => () => caller.driver('lakeside', 'next-week', 'l1', what)
  at('next Tue', '10:05', 'Lakeside’s driver: arrived', van('arrived'), lakeside.zone)
  at('next Tue', '10:15', 'Lakeside’s driver: departed', van('departed'), lakeside.zone)
  return scenes
}
