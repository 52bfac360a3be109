import type { DriverRoute, DriverStop } from './driverApi'
import { type Report, waits } from './report'

export interface StopState {
  status: DriverStop['status']
  arrivedAt: string | undefined
  departedAt: string | undefined
  /** Whether some of that has not got through yet. */
  waits: boolean
  /** Why the last report was not counted. */
  refused: string | undefined
  /** The buttons that mean something now, the likely one first. */
  buttons: Report['kind'][]
}

/** A stop as its driver sees it: what the API knows of it, and what was pressed here since. */
export function stopState({ buttons, status }: DriverRoute, stop: DriverStop, reports: readonly Report[]): StopState {
  const own = reports.filter(({ stopId }) => stopId === stop.stopId)
  const counted = own.filter(({ refused }) => refused === undefined)
  const pressed = (kind: Report['kind']) => counted.findLast((report) => report.kind === kind)?.occurredAt
  const [arrived, departed] = [pressed('arrived'), pressed('departed')]
  const departedAt = stop.departedAt ?? departed
  const now =
    departedAt !== undefined || stop.status === 'departed'
      ? 'departed'
      : arrived !== undefined
        ? 'arrived'
        : stop.status === 'pending' && pressed('skipped') !== undefined
          ? 'skipped'
          : stop.status
  const runs = status === 'confirmed' || status === 'in_progress'
  return {
    status: now,
    arrivedAt: stop.arrivedAt ?? arrived,
    departedAt,
    waits: own.some(waits),
    refused: own.findLast(({ refused }) => refused !== undefined)?.refused,
    buttons: after[now].filter((kind) => runs && (buttons.shown || kind === 'skipped')),
  }
}

const after: Record<DriverStop['status'], Report['kind'][]> = {
  pending: ['arrived', 'departed', 'skipped'],
  arrived: ['departed'],
  departed: [],
  // A truck that comes after all counts.
  skipped: ['arrived'],
  cancelled: [],
}
