import { listNotifications, type NotificationFilter, type NotificationView } from '../../db/notifications'
import type { Database } from '../../db/sql'
import type { Caller } from '../auth/caller'
import { shownNotification } from './notificationSchema'

const columns = [
  'id',
  'routeId',
  'stopId',
  'event',
  'channel',
  'recipient',
  'contractNumbers',
  'status',
  'reason',
  'reasonText',
  'plannedAt',
  'sentAt',
  'deliveredAt',
  'subject',
  'text',
] as const

const pageLength = 500

/** Notifications as CSV (RFC 4180), page by page, as the caller may see them. The mark at its beginning tells Excel that it is UTF-8. */
export async function* notificationsCsv(
  db: Database,
  companyId: string,
  filter: Omit<NotificationFilter, 'limit' | 'after'>,
  caller: Caller,
): AsyncGenerator<string> {
  yield `\ufeff${columns.join(',')}\r\n`
  let after: string | undefined
  do {
    const page = await listNotifications(db, companyId, { ...filter, limit: pageLength, after })
    yield page.items.map((item) => lineOf(item, caller)).join('')
    after = page.next ?? undefined
  } while (after !== undefined)
}

function lineOf(item: NotificationView, caller: Caller): string {
  const shown: Partial<Record<(typeof columns)[number], unknown>> = shownNotification(item, caller)
  return `${columns.map((column) => cell([shown[column] ?? ''].flat().join(' '))).join(',')}\r\n`
}

/** What begins like a formula gets an apostrophe before it: a spreadsheet then shows it and does not run it (OWASP). */
function cell(value: string): string {
  const harmless = /^[=+\-@\t\r\n]/.test(value) ? `'${value}` : value
  return `"${harmless.replaceAll('"', '""')}"`
}
