import type { DriverRoute, DriverStop } from './driverApi'
import { type Report, waits } from './report'

/** The browser's localStorage, as far as it is used. */
export interface KeyValues {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
}

/** So long an accepted report is shown although the route, as the API reads it, does not show it yet. */
const settledWithinMs = 120_000

/**
 * The reports of one link that the route does not show yet, oldest first. They are kept in the browser's storage, so that they
 * outlive a reload, and each is read from there anew, so that two tabs of the page do not lose each other's.
 */
export function createReports(storage: KeyValues, link: string) {
  const key = `driver-reports-${link}`
  const all = (): Report[] => JSON.parse(storage.getItem(key) ?? '[]')
  const keep = (reports: Report[]) => storage.setItem(key, JSON.stringify(reports))
  return {
    all,
    /** Those that have not got through. */
    waiting: () => all().filter(waits),
    add: (report: Report) => keep([...all(), report]),
    settle: (eventId: string, outcome: Pick<Report, 'acceptedAt' | 'refused'>) =>
      keep(all().map((report) => (report.eventId === eventId ? { ...report, ...outcome } : report))),
    /** Forgets accepted ones that the route shows by now, or that changed nothing on it. */
    forgetShown: ({ stops }: DriverRoute, now: number) =>
      keep(
        all().filter(({ acceptedAt, stopId, kind }) => {
          const stop = stops.find((candidate) => candidate.stopId === stopId)
          return (
            acceptedAt === undefined || (now - acceptedAt < settledWithinMs && stop !== undefined && !shows(stop, kind))
          )
        }),
      ),
  }
}

function shows({ status, arrivedAt, departedAt }: DriverStop, kind: Report['kind']): boolean {
  if (kind === 'skipped') return status !== 'pending'
  return departedAt !== undefined || (kind === 'arrived' && arrivedAt !== undefined)
}

export type Reports = ReturnType<typeof createReports>
