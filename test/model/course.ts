import type { Log } from './log'
import { twelveHours, windowOf } from './rules'
import { type State, type StopState, settling } from './state'
import { isSettling } from './subject'
import { type Established, type Visit, visitAt } from './visits'

/** How far the stops and their route have come. What has been established stays. */
export class Course {
  begun = false
  completed = false
  private readonly established = new Map<string, Established>()

  constructor(private readonly log: Log) {}

  /** Moves stops and route on as reported; returns the moments at which that may go on by itself. */
  advance(state: State, now: number): number[] {
    const moments = isSettling(state, now) ? [state.editedAt + settling] : []
    const present = state.stops.filter(({ removed }) => !removed)
    // What was reported before the route was cancelled happened.
    if (state.status === 'cancelled')
      for (const stop of present) this.established.set(stop.stopId, this.visitOf(state, stop, now))
    if (state.status !== 'confirmed' || this.completed) return moments
    let dwelling = false
    for (const stop of present) {
      const visit = this.visitOf(state, stop, now)
      this.established.set(stop.stopId, visit)
      if (visit.arrivedAt !== null) this.begun = true
      if (visit.dwellEndsAt !== null) {
        moments.push(visit.dwellEndsAt)
        dwelling = true
      }
    }
    const closesAt = this.closesAt(state)
    const visits = present.map((stop) => this.visitOf(state, stop, now))
    const done = visits.every(
      ({ departedAt, arrivedAt, skipped }) => departedAt !== null || (skipped && arrivedAt === null),
    )
    if ((done && !dwelling && !isSettling(state, now)) || now >= closesAt) this.completed = true
    return [...moments, closesAt]
  }

  /** "12 hours after its last told window"; the engine counts what would be told now as well, and the confirmation. */
  private closesAt(state: State): number {
    const present = state.stops.filter(({ removed }) => !removed)
    const ends = (present.length > 0 ? present : state.stops).map((stop) =>
      Math.max(
        windowOf(state.settings, stop.kind, stop.scheduledAt).end,
        this.log.told(stop.stopId, () => true)?.window.end ?? 0,
      ),
    )
    return Math.max(state.confirmedAt, ...ends) + twelveHours
  }

  whereItIs({ stopId }: StopState): Established {
    const { arrivedAt, departedAt } = this.established.get(stopId) ?? { arrivedAt: null, departedAt: null }
    return { arrivedAt, departedAt }
  }

  visitOf(state: State, stop: StopState, now: number): Visit {
    return visitAt(this.whereItIs(stop), stop.reports, state.settings.arrivals.dwellSeconds * 1000, now)
  }
}
