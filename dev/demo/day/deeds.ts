import { instantAt } from '../../../domain/schedule/zonedTime'
import type { CalendarDate, Instant } from '../../../domain/words'
import type { Caller } from '../../caller'
import { acme } from '../companies'
import {
  calledOff,
  contractOf,
  kindOf,
  lateConfirmed,
  namesAt,
  type PlannedRoute,
  routeOfTheDay,
  routesOfTheDay,
  streetAddress,
  troubled,
  trucksWithGps,
  unconfirmed,
} from './plan'

/** Something that a truck or a person does on the day. */
export interface Deed {
  at: Instant
  act(): Promise<unknown>
}

const minutes = 60_000
const company = acme.id

/** A moment of a date on the company's clock. */
export const at = (date: CalendarDate, time: string): Instant => instantAt(date, time, acme.zone)

/** Everything that happens on the day, in order. */
export function deedsOfTheDay(caller: Caller, date: CalendarDate): Deed[] {
  const trucks = routesOfTheDay.filter(({ routeId }) => ![unconfirmed, calledOff].includes(routeId))
  const deeds = [...deedsOfPeople(caller, date), ...trucks.flatMap((route) => deedsOfTruck(caller, date, route))]
  return deeds.sort((a, b) => a.at - b.at)
}

/** Stores a route, with its stops later by what `delay` says, in minutes. */
export async function putRouteOfTheDay(
  { put }: Caller,
  date: CalendarDate,
  route: PlannedRoute,
  delay: (index: number) => number = () => 0,
): Promise<void> {
  await put(company, `/routes/${route.routeId}`, {
    name: route.name,
    serviceDate: date,
    truckId: route.truckId,
    driver: { name: route.driver },
    stops: route.customers.map((customers, index) => ({
      stopId: stopId(index),
      kind: kindOf(route, index),
      scheduledAt: new Date(scheduled(date, route, index) + delay(index) * minutes).toISOString(),
      address: streetAddress(routesOfTheDay.indexOf(route), index),
      contracts: namesAt(customers).map(contractOf),
      geofence: { id: geofence(route, index) },
    })),
  })
}

const stopId = (index: number) => `s${index + 1}`
const geofence = ({ routeId }: PlannedRoute, index: number) => `${routeId}-${stopId(index)}`
const scheduled = (date: CalendarDate, { first, everyMinutes }: PlannedRoute, index: number) =>
  at(date, first) + index * everyMinutes * minutes

/** A customer is called, a route is confirmed for the afternoon, and a late one has its last stops moved. */
function deedsOfPeople(caller: Caller, date: CalendarDate): Deed[] {
  const call = `/companies/${company}/routes/north/stops/s3/told-by-phone`
  const called = { contractNumber: contractOf(troubled.noSuchNumber), event: 'confirmed' }
  const delayed = (index: number) => (index > 3 ? 60 : 0)
  return [
    { at: at(date, '08:40'), act: () => caller.call('POST', call, called) },
    { at: at(date, '09:05'), act: () => caller.confirm(company, lateConfirmed) },
    { at: at(date, '10:20'), act: () => putRouteOfTheDay(caller, date, routeOfTheDay('south'), delayed) },
  ]
}

/** The truck comes to each stop and leaves it, reported by its driver or its GPS. */
function deedsOfTruck(caller: Caller, date: CalendarDate, route: PlannedRoute): Deed[] {
  const { routeId, truckId, lateByMinutes } = route
  const gps = trucksWithGps.includes(truckId)
  return route.customers.flatMap((_, index) => {
    const late = lateByMinutes[index] ?? lateByMinutes.at(-1) ?? 0
    const arrives = scheduled(date, route, index) + late * minutes
    const report = (kind: 'arrived' | 'departed') => () =>
      gps
        ? caller.gps(company, `gps-${routeId}`, kind === 'arrived' ? 'enter' : 'exit', geofence(route, index))
        : caller.driver(company, routeId, stopId(index), kind)
    return [
      { at: arrives, act: report('arrived') },
      { at: arrives + (14 + ((index * 5) % 9)) * minutes, act: report('departed') },
    ]
  })
}
