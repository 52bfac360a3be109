import { isDeepStrictEqual } from 'node:util'
import { judgeReports, withEditSeen } from '../../db/stampFacts'
import { composeMessage } from '../../domain/composeMessage'
import type { NotificationRecord, RouteFacts, StopRecord, VisitEvent } from '../../domain/facts'
import { afterDecision, isDue, type Planned, planRoute } from '../../domain/planRoute'
import type { DeliveryNotification } from '../../domain/words'
import type { Deed, Outcome, PlanStop, Scenario } from './history'

const bothChannels = { sms: true, email: true }

/**
 * Lives a scenario with the engine's own decisions, without Temporal and PostgreSQL: plan, write, send what is due, plan
 * again, sleep until the next moment, as the route's workflow does.
 */
export class PureEngine {
  private facts: RouteFacts
  private readonly sent = new Map<string, { at: number; text: string }>()
  /** A STOP is not lifted by staff. */
  private readonly stopped = new Set<string>()
  private editPending = false
  private reports = 0
  private over = false

  constructor(private readonly scenario: Scenario) {
    const { serviceDate, settings, contracts, stops } = scenario
    this.facts = {
      company: { companyId: 'c1', name: 'Acme', phone: null, country: 'US' },
      settings,
      settingsVersion: 1,
      route: {
        ...{ companyId: 'c1', routeId: 'r1', name: 'North', serviceDate, status: 'planned', truck: null },
        ...{ driverName: null, confirmedAt: null, confirmation: 0, editedAt: null },
      },
      stops: stops.map((stop) => stopRecord(stop, undefined, null)),
      contracts: new Map([...contracts].map(([number, rows]) => [number, contractRecord(number, rows)])),
      visitEvents: [],
      notifications: [],
      optedOut: new Set(),
      handOffs: [],
      handsOffTo: [],
    }
  }

  live(): Outcome[] {
    let wake: number | null = null
    for (const { at, deeds } of [...this.scenario.groups, { at: this.scenario.end, deeds: [] }]) {
      while (wake !== null && wake < at) wake = this.rest(wake)
      const { status } = this.facts.route
      for (const deed of deeds) this.carryOut(deed, at, status)
      wake = this.rest(at)
    }
    return this.facts.notifications.map((row) => {
      const sent = this.sent.get(row.id)
      const result = row.status === 'failed' ? `failed ${row.reason}` : (row.reason ?? (sent ? 'sent' : 'waits'))
      const { stopId, event, channel, address, revision, window } = row
      return {
        stopId,
        event,
        channel,
        address,
        revision,
        result,
        at: sent?.at ?? null,
        window,
        text: sent?.text ?? null,
      }
    })
  }

  private rest(now: number): number | null {
    // Nobody wakes a route that has ended.
    if (this.over) return null
    for (let round = 1; round <= 12; round++) {
      this.see(now)
      const plan = planRoute(this.facts, now, bothChannels)
      const rows = plan.planned.map((planned) => this.write(planned, now))
      this.facts.stops = plan.progress.stops
      this.facts.route = { ...this.facts.route, status: plan.progress.status }
      const due = plan.planned.flatMap((planned, index) => (isDue(planned, now) ? [{ planned, row: rows[index] }] : []))
      if (due.length === 0) {
        this.over = plan.over && plan.progress.status !== 'planned'
        return plan.wakeAt
      }
      for (const { planned, row } of due) if (row !== undefined) this.send(planned, row, now)
    }
    throw new Error('The route does not come to rest.')
  }

  /** Stamps what the engine has not seen yet, as `takeRouteFacts` does. */
  private see(now: number): void {
    const { facts } = this
    if (this.editPending) facts.route = withEditSeen(facts.route, now)
    this.editPending = false
    const judged = judgeReports(facts.visitEvents, facts.settings.arrivals, now)
    facts.visitEvents = judged.flatMap(({ report, counts }) => (counts ? [report] : []))
  }

  private write(planned: Planned, now: number): NotificationRecord {
    const { notifications, route } = this.facts
    const record = afterDecision(planned, route.confirmation, notifications.length + 1, now)
    const before = planned.subject.notification
    if (before === null) this.facts.notifications = [...notifications, record]
    else this.put(before.id, record)
    return record
  }

  private send({ subject, decision }: Planned, { id, channel, address }: NotificationRecord, now: number): void {
    const refusal = this.scenario.refused.get(address)
    if (refusal === undefined) {
      const text = subject.stop === null ? '' : composeMessage(this.facts, subject, decision.window).text
      this.sent.set(id, { at: now, text })
    }
    if (refusal === 'opted_out') {
      this.stopped.add(address)
      this.facts.optedOut = new Set([...this.facts.optedOut, `sms:${address}`])
    }
    const ok = channel === 'email' ? 'sent' : 'accepted'
    this.put(id, {
      status: refusal === undefined ? ok : 'failed',
      reason: refusal ?? null,
      lastAttempt: { number: 1, at: now, outcome: refusal === undefined ? 'accepted' : 'permanent', retryAt: null },
    })
  }

  private put(id: string, change: Partial<NotificationRecord>): void {
    this.facts.notifications = this.facts.notifications.map((row) => (row.id === id ? { ...row, ...change } : row))
  }

  /** As the API would store it, or refuse it. */
  private carryOut(deed: Deed, at: number, before: RouteFacts['route']['status']): void {
    const { facts } = this
    const { status, confirmation } = facts.route
    const live = status === 'confirmed' || status === 'in_progress'
    const closed = status === 'completed' || status === 'cancelled'
    switch (deed.do) {
      case 'confirm':
        if (status === 'planned')
          facts.route = { ...facts.route, status: 'confirmed', confirmedAt: at, confirmation: confirmation + 1 }
        break
      case 'unconfirm':
        if (status === 'confirmed' && before !== 'in_progress') facts.route = { ...facts.route, status: 'planned' }
        break
      case 'cancel':
        if (!closed) facts.route = { ...facts.route, status: 'cancelled' }
        break
      case 'plan':
        if (!closed) this.putStops(deed.stops, live ? at : null)
        break
      case 'contract':
        facts.contracts = new Map(facts.contracts).set(deed.number, contractRecord(deed.number, deed.rows))
        break
      case 'settings':
        facts.settings = deed.settings
        break
      case 'consent': {
        const optedOut = new Set(facts.optedOut)
        if (deed.out) optedOut.add(`${deed.channel}:${deed.address}`)
        else if (!this.stopped.has(deed.address)) optedOut.delete(`${deed.channel}:${deed.address}`)
        facts.optedOut = optedOut
        break
      }
      case 'report':
        if (live) facts.visitEvents = [...facts.visitEvents, this.visitEvent(deed)]
        break
    }
  }

  private visitEvent({ stopId, kind, occurredAt, accuracyMeters }: Extract<Deed, { do: 'report' }>): VisitEvent {
    this.reports += 1
    return { id: this.reports, stopId, kind, occurredAt, judgedAt: null, accuracyMeters }
  }

  /** As `putStops` in the database does it. */
  private putStops(planned: PlanStop[], addedAt: number | null): void {
    const { stops } = this.facts
    const next = planned.map((stop) => {
      const old = stops.find(({ stopId }) => stopId === stop.stopId)
      return stopRecord(stop, old, addedAt)
    })
    const gone = stops.filter(({ stopId }) => !planned.some((stop) => stop.stopId === stopId))
    const all = [...next, ...gone.map((stop): StopRecord => ({ ...stop, status: 'cancelled' }))]
    if (addedAt !== null && !isDeepStrictEqual(all, stops)) this.editPending = true
    this.facts.stops = all
  }
}

function stopRecord(stop: PlanStop, old: StopRecord | undefined, addedAt: number | null): StopRecord {
  const { stopId, kind, scheduledAt, timeZone, contracts: contractNumbers } = stop
  const place = { address: '1 Main St', location: null, geofenceId: null }
  const plan = { stopId, kind, scheduledAt, timeZone, contractNumbers, ...place }
  if (old === undefined) return { ...plan, status: 'pending', addedAt, arrivedAt: null, departedAt: null }
  const { arrivedAt, departedAt } = old
  if (old.status !== 'cancelled') return { ...plan, status: old.status, addedAt: old.addedAt, arrivedAt, departedAt }
  const status = departedAt !== null ? 'departed' : arrivedAt !== null ? 'arrived' : 'pending'
  return { ...plan, status, addedAt, arrivedAt, departedAt }
}

function contractRecord(number: string, deliveryNotifications: DeliveryNotification[]) {
  return { number, customerName: 'Ann Smith', fields: {}, deliveryNotifications }
}
