import type { NotificationView } from '../../db/notifications'
import type { NotificationStatus } from '../../domain/words'

/** What a customer has, or may have. */
const told: ReadonlySet<NotificationStatus> = new Set(['accepted', 'sent', 'delivered', 'unknown'])

/** The window that customers of a stop were told last, of its notifications in the order of planning; null if none. */
export function toldWindowOf(notifications: readonly NotificationView[]): NotificationView['window'] {
  const last = notifications.findLast(
    ({ event, internal, status }) =>
      !internal && told.has(status) && (event === 'confirmed' || event === 'updated' || event === 'cancelled'),
  )
  return last === undefined || last.event === 'cancelled' ? null : last.window
}
