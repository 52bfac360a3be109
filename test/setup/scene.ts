import { randomUUID } from 'node:crypto'
import { putCompany } from '../../db/companies'
import { putContract } from '../../db/contracts'
import { notificationsOfRoute } from '../../db/notifications'
import { putRoute } from '../../db/putRoute'
import { lockRoute, setRouteStatus } from '../../db/routes'
import { saveSettings } from '../../db/settingsVersions'
import { recordVisitEvent } from '../../db/visitEvents'
import type { VisitEventKind } from '../../domain/facts'
import type { RouteRef } from '../../domain/routeWorkflow'
import { dateOf, instantAt } from '../../domain/schedule/zonedTime'
import { defaultSettings, type Settings } from '../../domain/settings'
import { type DeliveryNotification, events, type Instant } from '../../domain/words'
import type { World } from './startWorld'

export const zone = 'America/Chicago'

export const minutes = 60_000
export const hours = 60 * minutes

/** The defaults with everything switched on, in Chicago. */
export function settingsWith(changes: Partial<Settings> = {}): Settings {
  const eventSettings = Object.fromEntries(
    events.map((event) => [event, { ...defaultSettings.events[event], enabled: true }]),
  ) as Settings['events']
  return {
    ...defaultSettings,
    timeZone: zone,
    customerNotifications: true,
    smsEnabled: true,
    events: eventSettings,
    ...changes,
  }
}

/** A text and an email for every event. */
export function textAndEmail(phone: string, email: string): DeliveryNotification[] {
  return [
    { method: 'sms', address: phone, events: [...events], onlyIfTextFails: false },
    { method: 'email', address: email, events: [...events], onlyIfTextFails: false },
  ]
}

/** A text for every event. */
export function textOnly(phone: string): DeliveryNotification[] {
  return textAndEmail(phone, 'nobody@example.com').slice(0, 1)
}

export interface SceneStop {
  stopId: string
  at: Instant
  contracts?: string[]
}

/** The next `HH:MM` in Chicago of that ISO weekday, after `from`. */
export function next(from: Instant, isoWeekday: number, wallTime: string): Instant {
  for (let day = 0; ; day++) {
    const at = instantAt(dateOf(from + day * 86_400_000, zone), wallTime, zone)
    const weekday = new Date(`${dateOf(at, zone)}T12:00:00Z`).getUTCDay() || 7
    if (at > from && weekday === isoWeekday) return at
  }
}

export type Scene = Awaited<ReturnType<typeof setScene>>

interface SceneOptions {
  settings?: Settings
  /** The delivery notifications of each contract. */
  recipients?: Record<string, DeliveryNotification[]>
  /** Called with the scene before its route is planned. */
  onMade?: (scene: Scene) => void
}

/**
 * A route of a Wednesday, with one stop at 13:00 for all contracts. It was confirmed at 09:00, and its confirmations have
 * come due: the plan was that they go at 09:05.
 */
export async function routeOfToday(world: World, options: SceneOptions = {}): Promise<Scene> {
  const scene = await setScene(world, options)
  options.onMade?.(scene)
  await world.passTo(next(world.now(), 3, '09:00'))
  const contracts = Object.keys(options.recipients ?? { C1: [] })
  await scene.plan([{ stopId: 's1', at: world.now() + 4 * hours, contracts }])
  await scene.confirm()
  await world.passTo(world.now() + 5 * minutes + 1_000)
  return scene
}

/** One company with one route, and what its dispatcher and driver do, as the API would store it. */
export async function setScene(world: World, { settings = settingsWith(), recipients }: SceneOptions = {}) {
  const { db } = world
  const companyId = `c-${randomUUID().slice(0, 8)}`
  const ref: RouteRef = { companyId, routeId: 'r1' }
  await putCompany(db, { companyId, name: 'Acme', phone: '512-555-0100', website: null, country: 'US' })
  const save = (document: Settings) =>
    db.transaction((trx) => saveSettings(trx, companyId, document, { changedBy: 'test' }))
  await save(settings)
  const people = recipients ?? { C1: textAndEmail('+15125550101', 'ann@example.com') }
  for (const [number, deliveryNotifications] of Object.entries(people)) {
    await putContract(db, companyId, { number, customer: { name: 'Ann Smith' }, fields: {}, deliveryNotifications })
  }

  const scene = {
    companyId,
    ref,
    save,
    plan: (stops: SceneStop[], serviceDate = dateOf(stops[0]?.at ?? 0, zone)) =>
      db.transaction((trx) =>
        putRoute(trx, companyId, {
          routeId: ref.routeId,
          name: 'North',
          serviceDate,
          truckId: null,
          driverName: null,
          stops: stops.map(({ stopId, at, contracts = ['C1'] }) => ({
            stopId,
            kind: 'delivery',
            scheduledAt: at,
            address: '1 Main St, Austin',
            timeZone: null,
            location: null,
            geofenceId: null,
            contractNumbers: contracts,
          })),
        }),
      ),
    async confirm(): Promise<void> {
      await db.transaction(async (trx) => {
        const head = await lockRoute(trx, ref)
        const confirmation = (head?.confirmation ?? 0) + 1
        await setRouteStatus(trx, ref, 'confirmed', { confirmedAt: world.now(), confirmation })
      })
      await world.tell(ref, 'confirmed')
    },
    async unconfirm(): Promise<void> {
      await db.transaction((trx) => setRouteStatus(trx, ref, 'planned'))
      await world.tell(ref, 'unconfirmed')
    },
    async cancel(): Promise<void> {
      await db.transaction((trx) => setRouteStatus(trx, ref, 'cancelled'))
      await world.tell(ref, 'cancelled')
    },
    async change(stops: SceneStop[], serviceDate?: string): Promise<void> {
      await scene.plan(stops, serviceDate)
      await world.tell(ref, 'planChanged')
    },
    async report(kind: VisitEventKind, stopId: string, occurredAt = world.now()): Promise<void> {
      const event = {
        ...ref,
        source: 'driver',
        eventId: randomUUID(),
        kind,
        stopId,
        occurredAt,
        outcome: 'counted',
      } as const
      await db.transaction((trx) => recordVisitEvent(trx, event))
      await world.tell(ref, kind === 'departed' || kind === 'exit' ? 'departed' : 'arrived', stopId)
    },
    notifications: () => notificationsOfRoute(db, ref),
    /** Waits until the route has come to rest: `settled` says so of its notifications. */
    async until(settled: (found: Awaited<ReturnType<typeof notificationsOfRoute>>) => boolean): Promise<void> {
      for (const end = Date.now() + 15_000; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
        const found = await scene.notifications()
        if (settled(found)) return
        if (Date.now() > end) {
          const seen = found.map(
            ({ event, channel, status, reason }) => `${event} ${channel} ${status} ${reason ?? ''}`,
          )
          throw new Error(`The route did not come to what the test waits for. It has: ${seen.join('; ') || 'nothing'}`)
        }
      }
    },
  }
  return scene
}
