import { randomUUID } from 'node:crypto'
import { putCompany } from '../../db/companies'
import { recordConsent } from '../../db/consents'
import { putContract } from '../../db/contracts'
import { notificationsOfRoute } from '../../db/notifications'
import { putRoute } from '../../db/putRoute'
import { getRouteHead, setRouteStatus } from '../../db/routes'
import { getRoute } from '../../db/routeViews'
import { saveSettings } from '../../db/settingsVersions'
import { recordVisitEvent } from '../../db/visitEvents'
import { VirtualTime } from '../../dev/virtualTime'
import type { RouteEvent } from '../../domain/routeEvent'
import { deliveryRouteType, type RouteRef, routeEventSignal, workflowIdOf } from '../../domain/routeWorkflow'
import type { Settings } from '../../domain/settings'
import type { DeliveryNotification, RouteStatus } from '../../domain/words'
import { workflowStartOf } from '../../integrations/temporal/workflowStart'
import type { World } from '../setup/startWorld'
import type { Deed, Outcome, PlanStop, Scenario } from './history'

/**
 * Lives a scenario on the real parts: its deeds are written to PostgreSQL by the repositories, as the API would, the route's
 * workflow runs in Temporal on a clock of its own that skips time, and the stand-ins take what it sends.
 */
export class RealEngine {
  private readonly ref: RouteRef
  private readonly time: VirtualTime
  private started = false

  constructor(
    private readonly world: World,
    private readonly scenario: Scenario,
  ) {
    this.ref = { companyId: `model-${scenario.seed}-${randomUUID().slice(0, 8)}`, routeId: 'r1' }
    this.time = new VirtualTime(world.client.connection, world.temporal.namespace)
  }

  async live(): Promise<Outcome[]> {
    await this.prepare()
    for (const { at, deeds } of this.scenario.groups) {
      await this.time.passTo(at)
      const before = await this.status()
      for (const deed of deeds) await this.carryOut(deed, at, before)
      await this.nudge()
    }
    await this.time.passTo(this.scenario.end)
    const rows = await notificationsOfRoute(this.world.db, this.ref)
    return rows.map((row) => {
      const { stopId, event, channel, recipient: address, revision, status, reason, window, sentAt, text } = row
      const failed = status === 'failed'
      const sent = status === 'accepted' || status === 'sent' || status === 'delivered'
      const result = failed ? `failed ${reason}` : (reason ?? (sent ? 'sent' : status))
      const at = sent ? sentAt : null
      return { stopId, event, channel, address, revision, result, at, window, text: sent && stopId ? text : null }
    })
  }

  private async prepare(): Promise<void> {
    const { world, scenario, ref } = this
    const { db } = world
    for (const [to, refusal] of scenario.refused)
      world.twilio.fault({ kind: 'refuse', code: refusal === 'opted_out' ? 21610 : 21211, to })
    await putCompany(db, { companyId: ref.companyId, name: 'Acme', phone: null, website: null, country: 'US' })
    await this.save(scenario.settings)
    for (const [number, rows] of scenario.contracts) await this.putContract(number, rows)
    await this.putPlan(scenario.stops)
  }

  private async status(): Promise<RouteStatus> {
    return (await getRouteHead(this.world.db, this.ref))?.status ?? 'planned'
  }

  /** As the API stores it, or refuses it. */
  private async carryOut(deed: Deed, at: number, before: RouteStatus): Promise<void> {
    const { db } = this.world
    const status = await this.status()
    const live = status === 'confirmed' || status === 'in_progress'
    const closed = status === 'completed' || status === 'cancelled'
    switch (deed.do) {
      case 'confirm':
        if (status === 'planned') await this.confirm(at)
        break
      case 'unconfirm':
        if (status === 'confirmed' && before !== 'in_progress') await setRouteStatus(db, this.ref, 'planned')
        break
      case 'cancel':
        if (!closed) await setRouteStatus(db, this.ref, 'cancelled')
        break
      case 'plan':
        if (!closed) await this.putPlan(deed.stops)
        break
      case 'contract':
        await this.putContract(deed.number, deed.rows)
        break
      case 'settings':
        await this.save(deed.settings)
        break
      case 'consent':
        await recordConsent(db, {
          ...{ companyId: this.ref.companyId, channel: deed.channel, address: deed.address, source: 'staff' },
          action: deed.out ? 'revoked' : 'granted',
        })
        break
      case 'report':
        if (live) await this.report(deed)
        break
    }
  }

  private async confirm(at: number): Promise<void> {
    const head = await getRouteHead(this.world.db, this.ref)
    const confirmation = (head?.confirmation ?? 0) + 1
    await setRouteStatus(this.world.db, this.ref, 'confirmed', { confirmedAt: at, confirmation })
  }

  private async report({ stopId, kind, occurredAt, accuracyMeters }: Extract<Deed, { do: 'report' }>): Promise<void> {
    const eventId = randomUUID()
    const event = { ...this.ref, source: 'driver', eventId, kind, stopId, occurredAt, accuracyMeters } as const
    await this.world.db.transaction((trx) => recordVisitEvent(trx, { ...event, outcome: 'counted' }))
  }

  private save(settings: Settings): Promise<unknown> {
    const { companyId } = this.ref
    return this.world.db.transaction((trx) => saveSettings(trx, companyId, settings, { changedBy: 'model' }))
  }

  private putContract(number: string, deliveryNotifications: DeliveryNotification[]): Promise<unknown> {
    const contract = { number, customer: { name: 'Ann Smith' }, fields: {}, deliveryNotifications }
    return putContract(this.world.db, this.ref.companyId, contract)
  }

  private putPlan(stops: PlanStop[]): Promise<unknown> {
    const { serviceDate } = this.scenario
    const { companyId, routeId } = this.ref
    const place = { address: '1 Main St', location: null, geofenceId: null }
    const planned = stops.map(({ contracts: contractNumbers, ...stop }) => ({ ...stop, ...place, contractNumbers }))
    const head = { routeId, name: 'North', serviceDate, truckId: null, driverName: null }
    return this.world.db.transaction((trx) => putRoute(trx, companyId, { ...head, stops: planned }))
  }

  /** Tells the workflow of a route that runs, starting it with the first; waits until it has nothing to do but to sleep. */
  private async nudge(): Promise<void> {
    const { world, ref, started } = this
    const workflowId = workflowIdOf(ref)
    const event: RouteEvent = { eventId: randomUUID(), kind: 'planChanged', source: 'model' }
    if (started) {
      const over = await world
        .handle(ref)
        .signal(routeEventSignal, event)
        .then(
          () => false,
          () => true,
        )
      if (!over) await world.untilAtRest(ref)
      return
    }
    if ((await this.status()) === 'planned') return
    const route = await getRoute(world.db, ref)
    if (route === null) throw new Error('There is no route.')
    await world.client.workflow.signalWithStart(deliveryRouteType, {
      ...{ workflowId, taskQueue: world.taskQueue, args: [ref], signal: routeEventSignal, signalArgs: [event] },
      ...workflowStartOf(route),
    })
    this.started = true
    await this.time.join(workflowId)
  }
}
