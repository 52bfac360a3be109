import type { StopRecord, VisitEvent } from './facts'
import type { Instant } from './words'

/** What the reports about one stop amount to. */
export interface StopVisit {
  status: 'pending' | 'arrived' | 'departed' | 'skipped'
  arrivedAt: Instant | null
  departedAt: Instant | null
  /** False while an arrival is only inferred from a departure: nobody is told of such an arrival. */
  arrivalReported: boolean
  /** When a geofence entry will count as an arrival unless the truck leaves before; null if none is pending. */
  undecidedUntil: Instant | null
}

/**
 * Folds the reports of one stop into its state ("Arrived and departed"). Reports count in the order in which they
 * happened, whatever the order in which they came; what the stop already is, it stays (forward only).
 *
 * - `arrived`, `departed` and `skipped` were judged by whoever reported them. A departure without an arrival marks both.
 * - `enter` counts as an arrival once the truck has stayed for `dwellMs`; an `exit` before that cancels it (a drive-by).
 * - An `exit` whose entry never comes does nothing, unless the stop has arrived by another report.
 */
export function stopVisit(
  stop: Pick<StopRecord, 'arrivedAt' | 'departedAt'>,
  events: VisitEvent[],
  dwellMs: number,
  now: Instant,
): StopVisit {
  let { arrivedAt, departedAt } = stop
  let arrivalReported = false
  let enteredAt: Instant | null = null
  let skipped = false

  const dwellEndsBy = (moment: Instant) => enteredAt !== null && moment >= enteredAt + dwellMs
  const arrive = (at: Instant) => {
    arrivedAt ??= at
    if (departedAt === null || at <= departedAt) arrivalReported = true
  }
  const depart = (at: Instant) => {
    arrivedAt ??= enteredAt ?? at
    departedAt ??= Math.max(at, arrivedAt)
  }

  for (const event of inOrderOfHappening(events)) {
    const at = event.occurredAt
    if (enteredAt !== null && dwellEndsBy(at)) arrive(enteredAt)
    switch (event.kind) {
      case 'arrived':
        arrive(at)
        break
      case 'enter':
        enteredAt ??= at
        break
      case 'exit':
        // `arrivalReported`: it had arrived by then, even if a later moment of arrival is on record.
        if (arrivalReported || (arrivedAt !== null && arrivedAt <= at)) depart(at)
        enteredAt = null
        break
      case 'departed':
        depart(at)
        enteredAt = null
        break
      case 'skipped':
        skipped = true
        break
    }
  }
  if (enteredAt !== null && dwellEndsBy(now)) arrive(enteredAt)

  const undecidedUntil = enteredAt !== null && arrivedAt === null ? enteredAt + dwellMs : null
  const status = departedAt !== null ? 'departed' : arrivedAt !== null ? 'arrived' : skipped ? 'skipped' : 'pending'
  return { status, arrivedAt, departedAt, arrivalReported, undecidedUntil }
}

/** Two reports of one instant count in the order arrival, departure, whichever came first; of one kind it does not matter. */
function inOrderOfHappening(events: VisitEvent[]): VisitEvent[] {
  const rank = { enter: 0, arrived: 1, skipped: 2, exit: 3, departed: 4 }
  return [...events].sort((a, b) => a.occurredAt - b.occurredAt || rank[a.kind] - rank[b.kind])
}
