import type { DriverApi } from './driverApi'
import type { Reports } from './reports'

/**
 * Sends what waits, in the order in which it was pressed. Ends at the first that does not get through: what came after it
 * must not overtake it.
 * @returns whether everything has got through or was refused for good
 */
export async function sendReports(
  reports: Reports,
  api: DriverApi,
  now: () => number,
  changed: () => void,
): Promise<boolean> {
  for (let next = reports.waiting()[0]; next !== undefined; next = reports.waiting()[0]) {
    const outcome = await api.report(next)
    if (outcome === 'later') return false
    reports.settle(next.eventId, outcome === 'accepted' ? { acceptedAt: now() } : outcome)
    changed()
  }
  return true
}
