import { dateText, timeText } from './clock'
import type { Deed, Outcome, Scenario } from './history'
import { type Entry, Log } from './log'
import { addressesOfCustomer, addressOf, isStandIn, type Person, peopleAt, staff } from './people'
import { twelveHours, windowOf } from './rules'
import { dispatchersStatus, type History, type State, type StopState, settling, stateAfter } from './state'
import {
  confirmationTiming,
  hasNews,
  hasOccasion,
  isPending,
  isSettling,
  type Subject,
  type Timing,
  timingOf,
  whyWithdrawn,
} from './subject'
import { type Established, type Visit, visitAt } from './visits'

const events = ['confirmed', 'arrived', 'departed', 'updated', 'cancelled'] as const

/** In the order of the closed list; the first that holds is given. */
const reasons = [
  'notifications_off',
  'sms_off',
  'event_off',
  'opted_out',
  'quiet_hours',
  'stale',
  'cancelled',
  'not_confirmed',
  'superseded',
]

interface Decided {
  entry: Entry
  subject: Subject | null
  withdrawn: string | null
  timing: Timing
}

/**
 * Predicts what a route tells to whom, and why not, by the rules of the reference alone and as plainly as can be: at every
 * moment at which anything may be due, the whole history is replayed and everybody's case is looked at again.
 */
export class Model {
  private readonly history: History = []
  private readonly log = new Log()
  private readonly established = new Map<string, Established>()
  private begun = false
  private latest: { length: number; state: State } | null = null
  private completed = false
  /** It had been completed when it was last looked at. */
  private wasCompleted = false
  /** Nothing is left to tell: whatever happens to a route that has ended is not told. */
  private over = false

  constructor(private readonly scenario: Scenario) {}

  predict(): Outcome[] {
    let wake: number | null = null
    for (const { at, deeds } of [...this.scenario.groups, { at: this.scenario.end, deeds: [] }]) {
      while (wake !== null && wake < at) wake = this.look(wake)
      const { status } = this
      for (const deed of deeds) if (this.allows(deed, status)) this.history.push({ at, deed })
      wake = this.look(at)
    }
    return this.log.entries.map((entry) => ({ ...entry, result: entry.result || 'waits' }))
  }

  /** The whole history, replayed whenever something has been added to it. */
  private replayed(): State {
    if (this.latest?.length !== this.history.length)
      this.latest = { length: this.history.length, state: stateAfter(this.scenario, this.history) }
    return this.latest.state
  }

  private get status(): Subject['status'] {
    const status = dispatchersStatus(this.history)
    if (status === 'cancelled') return status
    if (this.completed) return 'completed'
    return status === 'confirmed' && this.begun ? 'in_progress' : status
  }

  /** 409 for what a route does not allow; `before` is its status when the deeds of this moment began. */
  private allows(deed: Deed, before: Subject['status']): boolean {
    const status = dispatchersStatus(this.history)
    const closed = status === 'cancelled' || this.completed
    switch (deed.do) {
      case 'confirm':
        return status === 'planned'
      case 'unconfirm':
        return status === 'confirmed' && before !== 'in_progress' && !closed
      case 'cancel':
      case 'plan':
        return !closed
      case 'report':
        return status === 'confirmed' && !closed
      default:
        return true
    }
  }

  /** Does what there is to do at a moment; returns the next one at which there may be something. */
  private look(now: number): number | null {
    while (!this.over) {
      this.wasCompleted = this.completed
      const state = this.replayed()
      const progress = this.progress(state, now)
      const decided = this.decide(state, now)
      const ending = decided.filter(({ withdrawn, timing, entry }) => {
        const off = 'at' in timing && timing.at > now ? null : this.whyUnreachable(state, entry)
        return withdrawn !== null || 'never' in timing || off !== null
      })
      if (ending.length > 0) {
        for (const each of ending) this.suppress(state, each)
        continue
      }
      const due = decided.filter(({ timing }) => 'at' in timing && timing.at <= now)
      for (const each of due) this.send(state, each, now)
      if (due.length > 0) continue
      const { status } = this
      const moments = [...progress, ...decided.map(({ timing }) => ('at' in timing ? timing.at : 0))]
      const ahead = moments.filter((moment) => moment > now)
      const ended = status === 'completed' || status === 'cancelled'
      this.over = ended && decided.length === 0 && !isSettling(state, now)
      return ahead.length > 0 ? Math.min(...ahead) : null
    }
    return null
  }

  /** Moves stops and route on as reported; returns the moments at which that may go on by itself. */
  private progress(state: State, now: number): number[] {
    const moments = isSettling(state, now) ? [state.editedAt + settling] : []
    if (state.status !== 'confirmed' || this.completed) return moments
    const present = state.stops.filter(({ removed }) => !removed)
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

  private whereItIs({ stopId }: StopState): Established {
    const { arrivedAt, departedAt } = this.established.get(stopId) ?? { arrivedAt: null, departedAt: null }
    return { arrivedAt, departedAt }
  }

  private visitOf(state: State, stop: StopState, now: number): Visit {
    return visitAt(this.whereItIs(stop), stop.reports, state.settings.arrivals.dwellSeconds * 1000, now)
  }

  private decide(state: State, now: number): Decided[] {
    const { status } = this
    return [
      ...this.decideSummary(state, status, now),
      ...state.stops.flatMap((stop) => {
        const reported = this.visitOf(state, stop, now)
        // The page is silent; the engine's decision: reports move only stops that are on a route that runs.
        const visit = { ...reported, ...this.whereItIs(stop) }
        return events.flatMap((event) => this.decideAbout({ state, status, stop, visit, reported, event, now }))
      }),
    ]
  }

  private decideAbout(about: Omit<Subject, 'person' | 'told' | 'listed'>): Decided[] {
    const { state, stop, event } = about
    const listed = peopleAt(state, stop, event, (texts) => this.log.textsFailed(stop.stopId, event, texts))
    const waiting = this.log.at(stop.stopId).filter((entry) => entry.event === event && !entry.result)
    const names = new Set(listed.map(addressOf))
    const strangers = waiting.filter((entry) => !names.has(addressOf(entry)))
    return [...listed, ...strangers].flatMap((person) => {
      const subject: Subject = {
        ...about,
        person,
        told: this.toldTo(state, stop, event, person),
        listed: names.has(addressOf(person)),
      }
      const before = this.log.of(stop.stopId, event, person)
      const last = before.at(-1)
      // What a route has not owed by its end it does not owe later; but an email may stand in for a text.
      const inTime = !this.wasCompleted || isStandIn(state, stop, event, person)
      const owed =
        inTime &&
        hasOccasion(subject) &&
        (!last || (!whyWithdrawn(subject) && (last.withdrawn || hasNews(subject, last))))
      if (last?.result !== '' && !owed) return []
      const timing = timingOf(subject)
      const entry = last?.result === '' ? last : this.open(stop.stopId, event, person, before.length + 1)
      this.refresh(entry, state, person.contracts, timing)
      return [{ entry, subject, withdrawn: whyWithdrawn(subject), timing }]
    })
  }

  /** "For `confirmed` one a route, when the first confirmation is due." */
  private decideSummary(state: State, status: Subject['status'], now: number): Decided[] {
    const listed = staff(state, 'confirmed', [])
    const names = new Set(listed.map(addressOf))
    const waiting = this.log.at(null).filter((entry) => !entry.result)
    return [...listed, ...waiting.filter((entry) => !names.has(addressOf(entry)))].flatMap((person) => {
      const before = this.log.of(null, 'confirmed', person)
      const last = before.at(-1)
      const withdrawn = names.has(addressOf(person)) ? this.whyNoSummary(state, now) : 'cancelled'
      const occasion = status !== 'planned' && status !== 'cancelled' && !this.wasCompleted
      const again =
        last && !withdrawn && (last.withdrawn || (last.result !== 'sent' && last.confirmation < state.confirmations))
      if (last?.result !== '' && !(occasion && (!last || again))) return []
      const timing = this.summaryTiming(state, now)
      const entry = last?.result === '' ? last : this.open(null, 'confirmed', person, before.length + 1)
      this.refresh(entry, state, [], timing)
      return [{ entry, subject: null, withdrawn, timing }]
    })
  }

  private whyNoSummary(state: State, now: number): string | null {
    if (state.status === 'cancelled') return 'cancelled'
    if (state.status === 'planned') return 'not_confirmed'
    const visits = state.stops.filter(({ removed }) => !removed).map((stop) => this.visitOf(state, stop, now))
    if (visits.some((visit) => isPending(visit))) return null
    return visits.some(({ arrivedAt }) => arrivedAt !== null) ? 'superseded' : 'cancelled'
  }

  private summaryTiming(state: State, now: number): Timing {
    const timings = state.stops
      .filter((stop) => !stop.removed && isPending(this.visitOf(state, stop, now)))
      .map((stop) => confirmationTiming(state, stop, 'email', now))
    const first = timings.filter((timing) => 'at' in timing).sort((a, b) => a.at - b.at)[0]
    return first ?? timings[0] ?? { at: now, window: { start: 0, end: 0 } }
  }

  private open(stopId: string | null, event: Subject['event'], person: Person, revision: number): Entry {
    const { channel, address, internal } = person
    return this.log.open({
      stopId,
      event,
      channel,
      address,
      internal,
      revision,
      contracts: [],
      confirmation: 0,
      window: null,
    })
  }

  private refresh(entry: Entry, state: State, contracts: string[], timing: Timing): void {
    entry.contracts = contracts
    entry.confirmation = state.confirmations
    entry.window = entry.stopId === null ? null : timing.window
  }

  /** What a person was last told; the company's people know what the customers were told. */
  private toldTo(state: State, stop: StopState, event: Subject['event'], person: Person): Subject['told'] {
    const own = addressesOfCustomer(state, stop, event, person)
    return this.log.told(stop.stopId, (entry) => own.has(addressOf(entry)) || (person.internal && !entry.internal))
  }

  private whyUnreachable({ settings, optedOut }: State, entry: Entry): string | null {
    if (!settings.customerNotifications) return 'notifications_off'
    if (entry.channel === 'sms' && !settings.smsEnabled) return 'sms_off'
    if (!settings.events[entry.event].enabled) return 'event_off'
    return !entry.internal && optedOut.has(addressOf(entry)) ? 'opted_out' : null
  }

  private suppress(state: State, { entry, withdrawn, timing }: Decided): void {
    const never = 'never' in timing ? timing.never : null
    const holding = [this.whyUnreachable(state, entry), withdrawn, never]
    entry.withdrawn = withdrawn !== null
    entry.byQuietHours = 'never' in timing && timing.byQuietHours
    this.log.end(entry, reasons.find((reason) => holding.includes(reason)) ?? 'no reason')
  }

  private send(state: State, { entry, subject }: Decided, now: number): void {
    const refusal = this.scenario.refused.get(entry.address)
    if (refusal === undefined) {
      this.log.end(entry, 'sent')
      entry.at = now
      entry.text = subject === null ? null : textOf(state, subject, entry)
      return
    }
    this.log.end(entry, `failed ${refusal}`)
    // "21610: the number is opted out."
    const out = { do: 'consent', channel: entry.channel, address: entry.address, out: true } as const
    if (refusal === 'opted_out') this.history.push({ at: now, deed: out })
  }
}

/** What the scenario's templates come to: `delivery C1, C2 on Wed, Dec 2, 12:30 PM - 1:30 PM`. */
function textOf({ settings }: State, { stop }: Subject, { contracts, window }: Entry): string {
  const zone = stop.timeZone ?? settings.timeZone
  const { start, end } = window ?? { start: 0, end: 0 }
  const time = (at: number) => timeText(zone, at, settings.timeFormat)
  return `${stop.kind} ${contracts.join(', ')} on ${dateText(zone, start)}, ${time(start)} - ${time(end)}`
}
