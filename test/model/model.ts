import { Course } from './course'
import type { Deed, Outcome, Scenario } from './history'
import { type Entry, Log } from './log'
import {
  addressesOfCustomer,
  addressOf,
  formerPeople,
  hasStandIn,
  isStandIn,
  type Person,
  peopleAt,
  staff,
  withFormer,
} from './people'
import { dispatchersStatus, type History, type State, type StopState, stateAfter } from './state'
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
import { reasons, textOf, whyUnreachable } from './words'

const events = ['confirmed', 'arrived', 'departed', 'updated', 'cancelled'] as const

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
  private readonly course = new Course(this.log)
  private readonly stopped = new Set<string>()
  private latest: { length: number; state: State } | null = null
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
    if (this.course.completed) return 'completed'
    return status === 'confirmed' && this.course.begun ? 'in_progress' : status
  }

  /** 409 for what a route does not allow; `before` is its status when the deeds of this moment began. */
  private allows(deed: Deed, before: Subject['status']): boolean {
    const status = dispatchersStatus(this.history)
    const closed = status === 'cancelled' || this.course.completed
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
      this.wasCompleted = this.course.completed
      const state = this.replayed()
      const progress = this.course.advance(state, now)
      const decided = this.decide(state, now)
      const ending = decided.filter(({ withdrawn, timing, entry }) => {
        const off = 'at' in timing && timing.at > now ? null : whyUnreachable(state, entry, this.stopped)
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

  private decide(state: State, now: number): Decided[] {
    const { status } = this
    return [
      ...this.decideSummary(state, now),
      ...state.stops.flatMap((stop) => {
        const reported = this.course.visitOf(state, stop, now)
        // The page is silent; the engine's decision: reports move only stops that are on a route that runs.
        const visit = { ...reported, ...this.course.whereItIs(stop) }
        return events.flatMap((event) => this.decideAbout({ state, status, stop, visit, reported, event, now }))
      }),
    ]
  }

  private decideAbout(about: Omit<Subject, 'person' | 'told' | 'listed' | 'dropped'>): Decided[] {
    const { state, stop, event, visit } = about
    const known = this.log.at(stop.stopId)
    // Nothing to look into, which is most of the cases: the truck has not come, or nobody was told anything.
    if (event === 'arrived' && visit.arrivedAt === null && known.every((entry) => entry.event !== event)) return []
    if (event === 'departed' && visit.departedAt === null && known.every((entry) => entry.event !== event)) return []
    if ((event === 'updated' || event === 'cancelled') && known.every(({ result }) => result !== 'sent')) return []
    // Texts come first: one that is owed has not failed yet, and the email that stands in for it waits for its end.
    if (hasStandIn(state, stop))
      for (const text of peopleAt(state, stop, event, () => false)) this.consider(about, text, true)
    const listed = peopleAt(state, stop, event, (texts) => this.log.textsFailed(stop.stopId, event, texts))
    const names = new Set(listed.map(addressOf))
    const former = this.formerAt(state, stop, event).filter((person) => !names.has(addressOf(person)))
    const all = new Set([...names, ...former.map(addressOf)])
    const waiting = this.log.at(stop.stopId).filter((entry) => entry.event === event && !entry.result)
    const strangers = waiting.filter((entry) => !all.has(addressOf(entry)))
    return [
      ...listed.flatMap((person) => this.consider(about, person, true)),
      ...former.flatMap((person) => this.consider(about, person, true, true)),
      ...strangers.flatMap((person) => this.consider(about, person, false)),
    ]
  }

  private toldAt({ stopId }: StopState): Entry[] {
    return this.log.at(stopId).filter(({ result, internal }) => result === 'sent' && !internal)
  }

  private formerAt(state: State, stop: StopState, event: Subject['event']): Person[] {
    if (event !== 'cancelled') return []
    const failed = (texts: string[]) => this.log.textsFailed(stop.stopId, event, texts)
    return formerPeople(state, stop, this.toldAt(stop), failed)
  }

  /** One person's case; empty if there is nothing to be said to them. */
  private consider(
    about: Omit<Subject, 'person' | 'told' | 'listed' | 'dropped'>,
    person: Person,
    listed: boolean,
    dropped = false,
  ): Decided[] {
    const { state, stop, event } = about
    const before = this.log.of(stop.stopId, event, person)
    const last = before.at(-1)
    // Of an arrival or a departure a person is told once.
    if (last?.result && !last.withdrawn && (event === 'arrived' || event === 'departed')) return []
    const subject: Subject = { ...about, person, listed, dropped, told: this.toldTo(state, stop, event, person) }
    // What a route has not owed by its end it does not owe later; but an email may stand in for a text.
    const inTime = !this.wasCompleted || isStandIn(state, stop, event, person)
    const owed =
      inTime &&
      hasOccasion(subject) &&
      (!last || (!whyWithdrawn(subject) && (last.withdrawn || hasNews(subject, last))))
    if (last?.result !== '' && !owed) return []
    const timing = timingOf(subject)
    const entry = last?.result === '' ? last : this.open(stop.stopId, event, person, before.length + 1)
    this.refresh(entry, state, person.contracts, timing, about.now)
    return [{ entry, subject, withdrawn: whyWithdrawn(subject), timing }]
  }

  /** "For `confirmed` one a route, when the first confirmation is due." */
  private decideSummary(state: State, now: number): Decided[] {
    const listed = staff(state, 'confirmed', [])
    const names = new Set(listed.map(addressOf))
    const waiting = this.log.at(null).filter((entry) => !entry.result)
    return [...listed, ...waiting.filter((entry) => !names.has(addressOf(entry)))].flatMap((person) => {
      const before = this.log.of(null, 'confirmed', person)
      const last = before.at(-1)
      const withdrawn = names.has(addressOf(person)) ? this.whyNoSummary(state, now) : 'cancelled'
      const occasion = state.confirmations > 0 && !this.wasCompleted
      const again =
        last && !withdrawn && (last.withdrawn || (last.result !== 'sent' && last.confirmation < state.confirmations))
      if (last?.result !== '' && !(occasion && (!last || again))) return []
      const timing = this.summaryTiming(state, now)
      const entry = last?.result === '' ? last : this.open(null, 'confirmed', person, before.length + 1)
      this.refresh(entry, state, [], timing, now)
      return [{ entry, subject: null, withdrawn, timing }]
    })
  }

  private whyNoSummary(state: State, now: number): string | null {
    if (state.status === 'cancelled') return 'cancelled'
    if (state.status === 'planned') return 'not_confirmed'
    const visits = state.stops.filter(({ removed }) => !removed).map((stop) => this.course.visitOf(state, stop, now))
    if (visits.some((visit) => isPending(visit))) return null
    return visits.some(({ arrivedAt }) => arrivedAt !== null) ? 'superseded' : 'cancelled'
  }

  private summaryTiming(state: State, now: number): Timing {
    const timings = state.stops
      .filter((stop) => !stop.removed && isPending(this.course.visitOf(state, stop, now)))
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
      decidedAt: 0,
      window: null,
    })
  }

  private refresh(entry: Entry, state: State, contracts: string[], timing: Timing, now: number): void {
    entry.decidedAt = now
    entry.contracts = contracts
    entry.confirmation = state.confirmations
    entry.window = entry.stopId === null ? null : timing.window
  }

  /** What a person was last told; the company's people know what the customers were told. */
  private toldTo(state: State, stop: StopState, event: Subject['event'], person: Person): Subject['told'] {
    const at = event === 'cancelled' ? withFormer(stop, this.toldAt(stop)) : stop
    const own = addressesOfCustomer(state, at, event, person)
    return this.log.told(stop.stopId, (entry) => own.has(addressOf(entry)) || (person.internal && !entry.internal))
  }

  private suppress(state: State, { entry, withdrawn, timing }: Decided): void {
    const never = 'never' in timing ? timing.never : null
    const holding = [whyUnreachable(state, entry, this.stopped), withdrawn, never]
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
    // "21610 counts as a STOP; only a START lifts a STOP", and nobody says it here.
    if (refusal === 'opted_out') this.stopped.add(addressOf(entry))
  }
}
