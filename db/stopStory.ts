import type { DecisionRecord, NotificationStory, Report, RouteChange, StopStory } from '../domain/explaining/stopStory'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Instant } from '../domain/words'
import { handOffsOfRoute } from './handOffViews'
import { notificationsOfStop } from './notifications'
import { type Database, row, rows } from './sql'
import { toldByPhoneOfStop } from './toldByPhone'
import { visitEventsOfStop } from './visitEvents'

/** What is stored of a stop, of its route and of its messages, for an explanation. Null when the route has no such stop. */
export async function storedStory(
  db: Database,
  ref: RouteRef,
  stopId: string,
): Promise<Omit<StopStory, 'notTold' | 'dwellSeconds'> | null> {
  const stop = await row<StopStory['stop'] & { createdAt: Instant }>(
    db,
    `SELECT s.stop_id AS "stopId", s.arrived_at AS "arrivedAt", s.departed_at AS "departedAt", r.created_at AS "createdAt"
     FROM stops s JOIN routes r ON r.company_id = s.company_id AND r.route_id = s.route_id
     WHERE s.company_id = :companyId AND s.route_id = :routeId AND s.stop_id = :stopId`,
    { ...ref, stopId },
  )
  if (stop === null) return null
  const [changes, reports, handOffs, toldByPhone, notifications, decisions] = await Promise.all([
    routeChanges(db, ref),
    visitEventsOfStop(db, ref, stopId) satisfies Promise<Report[]>,
    handOffsOfRoute(db, ref),
    toldByPhoneOfStop(db, ref, stopId),
    notificationsOfStop(db, ref, stopId),
    decisionsOfStop(db, ref, stopId),
  ])
  const { createdAt, ...own } = stop
  const told = notifications.map(
    (notification): NotificationStory => ({ ...notification, decisions: decisions.get(notification.id) ?? [] }),
  )
  return { stop: own, createdAt, changes, reports, handOffs, toldByPhone, notifications: told }
}

/** Every status that the route has had, in order. */
async function routeChanges(db: Database, ref: RouteRef): Promise<RouteChange[]> {
  return rows<RouteChange>(
    db,
    `SELECT at, status, changed_by AS "changedBy" FROM route_changes
     WHERE company_id = :companyId AND route_id = :routeId ORDER BY id`,
    { ...ref },
  )
}

type DecisionRow = Omit<DecisionRecord, 'window' | 'rule' | 'action' | 'numbers'> & {
  notificationId: string
  decision: Partial<Pick<DecisionRecord, 'rule' | 'action' | 'numbers'>>
  windowStart: Instant | null
  windowEnd: Instant | null
}

/** Every decision about the stop's notifications, in order, by notification. */
async function decisionsOfStop(db: Database, ref: RouteRef, stopId: string): Promise<Map<string, DecisionRecord[]>> {
  const found = await rows<DecisionRow>(
    db,
    `SELECT d.notification_id AS "notificationId", d.at, d.status, d.reason, d.planned_at AS "plannedAt", d.decision,
       d.settings_version AS "settingsVersion", d.window_start AS "windowStart", d.window_end AS "windowEnd"
     FROM notifications n JOIN notification_decisions d ON d.notification_id = n.id
     WHERE n.company_id = :companyId AND n.route_id = :routeId AND n.stop_id = :stopId ORDER BY d.id`,
    { ...ref, stopId },
  )
  const byNotification = new Map<string, DecisionRecord[]>()
  for (const { notificationId, decision, windowStart, windowEnd, ...rest } of found) {
    const { rule = null, action = null, numbers = null } = decision
    const window = windowStart !== null && windowEnd !== null ? { start: windowStart, end: windowEnd } : null
    const known = byNotification.get(notificationId) ?? []
    byNotification.set(notificationId, [...known, { ...rest, rule, action, numbers, window }])
  }
  return byNotification
}
