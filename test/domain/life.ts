import type { AttemptOutcome, NotificationRecord, RouteFacts, StopRecord, VisitEvent } from '../../domain/facts'
import { isLastLookUp } from '../../domain/lookUps'
import { mayBecome } from '../../domain/notificationStatus'
import { afterDecision, isDue, planRoute, type RoutePlan } from '../../domain/planRoute'
import { retryMoment } from '../../domain/retryMoment'
import { settlesAt } from '../../domain/routeState'
import type { NotificationStatus } from '../../domain/words'
import { aReport, bothChannels } from './facts'
import { moment, spoken } from './schedule/week'

/** What a provider does with one message; `crash`: the worker dies during the call. */
export type Answer = AttemptOutcome | 'crash'

export interface Sent {
  at: number
  notification: NotificationRecord
  facts: RouteFacts
}

/**
 * A route carried out as its workflow does it: plan, write, send what is due, plan again, sleep until the next moment. It
 * throws when a plan does not come to rest or a status moves backward.
 */
export class Life {
  now = 0
  readonly sent: Sent[] = []
  answer: (notification: NotificationRecord) => Answer = () => 'accepted'
  plan: RoutePlan | null = null

  constructor(
    public facts: RouteFacts,
    now: string | number,
  ) {
    this.now = typeof now === 'string' ? moment(now) : now
  }

  /** Everything that was sent, in words: `Tue 16:00 confirmed sms +15125550101`. */
  get messages(): string[] {
    return this.sent.map(({ at, notification: { event, channel, address, stopId } }) =>
      [spoken(at), event, channel, ...(stopId === 's1' ? [] : [stopId ?? 'route']), address].join(' '),
    )
  }

  /** Every notification that will never be sent, with its reason. */
  get reasons(): string[] {
    return this.facts.notifications
      .filter(({ status }) => status === 'suppressed')
      .map(({ event, channel, reason }) => `${event} ${channel}: ${reason}`)
  }

  /** Does what there is to do now, until the route sleeps. */
  rest(): this {
    for (let round = 1; round <= 12; round++) {
      const plan = planRoute(this.facts, this.now, bothChannels)
      const due = this.write(plan)
      this.plan = plan
      if (due.length === 0 && plan.lookUps.length === 0) {
        if (plan.wakeAt !== null && plan.wakeAt <= this.now)
          throw new Error('The route is to wake at once, for nothing.')
        return this
      }
      if (due.length > 0) for (const id of due) this.send(id)
      else for (const id of plan.lookUps) this.lookUp(id)
    }
    throw new Error(`The route does not come to rest: ${this.plan?.planned.map(({ subject }) => subject.event)}`)
  }

  /** Lets time pass, waking whenever the plan says so. */
  passTo(when: string | number): this {
    const end = typeof when === 'string' ? moment(when) : when
    this.rest()
    for (let wakeAt = this.plan?.wakeAt ?? null; wakeAt !== null && wakeAt <= end; wakeAt = this.plan?.wakeAt ?? null) {
      this.now = wakeAt
      this.rest()
    }
    this.now = end
    return this.rest()
  }

  change(change: Partial<RouteFacts>): this {
    this.facts = { ...this.facts, ...change }
    return this
  }

  route(change: Partial<RouteFacts['route']>): this {
    return this.change({ route: { ...this.facts.route, ...change } })
  }

  confirm(): this {
    const { confirmation } = this.facts.route
    return this.route({ status: 'confirmed', confirmedAt: this.now, confirmation: confirmation + 1 })
  }

  /** The dispatcher changes a stop, or with null the dispatcher takes it off the route. */
  edit(stopId: string, change: Partial<StopRecord> | null): this {
    const { stops, route } = this.facts
    const live = route.status === 'confirmed' || route.status === 'in_progress'
    const edited = stops.map((stop): StopRecord => {
      if (stop.stopId !== stopId) return stop
      if (change === null) return { ...stop, status: 'cancelled' }
      const back = stop.status === 'cancelled' ? { status: 'pending' as const, addedAt: live ? this.now : null } : {}
      return { ...stop, ...back, ...change }
    })
    this.change({ stops: edited })
    return live && settlesAt(this.facts, this.now) === null ? this.route({ editedAt: this.now }) : this
  }

  move(stopId: string, scheduledAt: string): this {
    return this.edit(stopId, { scheduledAt: moment(scheduledAt) })
  }

  report(kind: VisitEvent['kind'], stopId = 's1', occurredAt = this.now): this {
    return this.change({ visitEvents: [...this.facts.visitEvents, aReport(kind, occurredAt, stopId)] })
  }

  /** The provider's receipt for every message that it took and has not settled. */
  receipt(status: 'delivered' | 'undelivered', of: (notification: NotificationRecord) => boolean = () => true): this {
    for (const { id, status: before } of this.facts.notifications.filter(of)) {
      if (mayBecome(before, status)) this.put(id, { status })
    }
    return this
  }

  private write(plan: RoutePlan): string[] {
    const { progress, planned } = plan
    const { confirmation } = this.facts.route
    const written = planned.map((each) => {
      const record = afterDecision(each, confirmation, this.facts.notifications.length + 1, this.now)
      const before = each.subject.notification
      if (before === null) this.facts.notifications = [...this.facts.notifications, record]
      else this.put(before.id, record)
      return record.id
    })
    this.facts = { ...this.facts, stops: progress.stops, route: { ...this.facts.route, status: progress.status } }
    return written.filter((_, index) => planned.some((each, of) => of === index && isDue(each, this.now)))
  }

  private send(id: string): void {
    const notification = this.facts.notifications.find((each) => each.id === id)
    if (notification === undefined) throw new Error(`There is no notification ${id}.`)
    const number = (notification.lastAttempt?.number ?? 0) + 1
    const answer = this.answer(notification)
    const outcome = answer === 'crash' ? null : answer
    const again = answer === 'try_later' || (answer === 'unknown' && notification.channel === 'email')
    const status: Record<Answer, NotificationStatus> = {
      accepted: notification.channel === 'email' ? 'sent' : 'accepted',
      try_later: 'sending',
      permanent: 'failed',
      unknown: notification.channel === 'email' ? 'sending' : 'unknown',
      crash: 'sending',
    }
    if (answer === 'accepted') this.sent.push({ at: this.now, notification, facts: this.facts })
    this.put(id, { status: 'sending', lookUps: 0 })
    this.put(id, {
      status: status[answer],
      reason: answer === 'permanent' ? 'unreachable' : null,
      lastAttempt: { number, at: this.now, outcome, retryAt: again ? retryMoment(number, this.now, null) : null },
    })
  }

  /** The provider knows nothing of the text. */
  private lookUp(id: string): void {
    const text = this.facts.notifications.find((each) => each.id === id)
    if (text?.lastAttempt == null) throw new Error(`There is no attempt of ${id}.`)
    const neverLeft = text.lastAttempt.outcome === null && isLastLookUp(text)
    const lastAttempt = neverLeft
      ? { ...text.lastAttempt, outcome: 'try_later' as const, retryAt: this.now }
      : text.lastAttempt
    this.put(id, { lookUps: text.lookUps + 1, lastAttempt })
  }

  private put(id: string, change: Partial<NotificationRecord>): void {
    this.facts.notifications = this.facts.notifications.map((before) => {
      if (before.id !== id) return before
      const after = { ...before, ...change }
      if (after.status !== before.status && !mayBecome(before.status, after.status))
        throw new Error(`${before.event} went from ${before.status} to ${after.status}.`)
      return after
    })
  }
}
