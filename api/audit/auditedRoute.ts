import type { RouteView } from '../../db/routeViews'
import { type AuditChange, type AuditedFields, changesBetween, Hidden } from '../../domain/audit'

/**
 * What a new plan changes: of the route, the order of its stops, and of each stop that stays its own fields. Where a customer
 * is, and who drives, is compared and not kept.
 */
export function planChanges(before: RouteView | null, after: RouteView): AuditChange[] {
  if (before === null) return changesBetween(null, headOf(after))
  const earlier = new Map(planned(before).map((stop) => [stop.stopId, stop]))
  const stops = planned(after).flatMap((stop) => {
    const old = earlier.get(stop.stopId)
    return old === undefined ? [] : changesBetween(fieldsOf(old), fieldsOf(stop))
  })
  return [...changesBetween(headOf(before), headOf(after)), ...stops]
}

type Stop = RouteView['stops'][number]

const planned = ({ stops }: RouteView) => stops.filter(({ status }) => status !== 'cancelled')

function headOf(route: RouteView): AuditedFields {
  return {
    name: route.name,
    serviceDate: route.serviceDate,
    truckId: route.truck?.truckId,
    'driver.name': route.driverName === null ? null : new Hidden(route.driverName),
    stops: planned(route).map(({ stopId }) => stopId),
  }
}

function fieldsOf(stop: Stop): AuditedFields {
  const at = (field: string) => `stops.${stop.stopId}.${field}`
  return {
    [at('kind')]: stop.kind,
    [at('scheduledAt')]: new Date(stop.scheduledAt).toISOString(),
    [at('address')]: new Hidden(stop.address),
    [at('timeZone')]: stop.timeZone,
    [at('location')]: stop.location === null ? null : new Hidden(stop.location),
    [at('contracts')]: stop.contractNumbers,
    [at('geofence.id')]: stop.geofenceId,
  }
}
