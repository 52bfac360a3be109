import type { RouteFacts } from './facts'
import { windowOf } from './routeState'
import { confirmationMoment } from './schedule/confirmationSchedule'
import { ruleMoment } from './schedule/ruleMoment'
import type { Instant } from './words'

/**
 * When a confirmed route goes to the vendor (rule 7, "When a confirmation is sent"): one of today when its delay has passed,
 * a later one when the first confirmation of its stops is due, quiet hours aside. A truck needs its route also where a
 * customer could no longer be told in time: then at once. Null for a route that was never confirmed.
 */
export function handOffMoment(facts: RouteFacts): Instant | null {
  const { settings, route } = facts
  const { serviceDate, confirmedAt } = route
  if (confirmedAt === null) return null
  const due = ruleMoment(settings, { serviceDate, confirmedAt })
  if (due.rule === 'same_day') return due.at
  const moments = facts.stops
    .filter(({ status }) => status !== 'cancelled')
    .map((stop) => {
      const timing = confirmationMoment({
        settings,
        serviceDate,
        confirmedAt: Math.max(confirmedAt, stop.addedAt ?? 0),
        channel: 'email',
        quietZone: settings.timeZone,
        window: windowOf(facts, stop),
      })
      return timing.action === 'suppress' ? confirmedAt : timing.at
    })
  return moments.length > 0 ? Math.min(...moments) : due.at
}
