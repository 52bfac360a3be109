import type { NotificationView } from '../../db/notifications'
import { clock } from '../narrator'
import { type Person, people, zones } from './companies'

/** One line a notification, in the form of `expected.ts`. */
export function outcomeLine(notification: NotificationView): string {
  const { channel, recipient, event, status, reason, sentAt, attempts } = notification
  const what = `${channel} ${nameOf(recipient)} ${event}`
  if (status === 'suppressed' || status === 'failed') return `${status} ${what} ${reason}`
  if (sentAt === null) return `${status} ${what}`
  // The first attempt is on the route's own clock; a receipt of the provider comes on the wall clock.
  return `${clock(attempts[0]?.at ?? sentAt, zones[notification.companyId] ?? 'UTC')} ${what}`
}

function nameOf(recipient: string): string {
  const names = Object.keys(people) as Person[]
  return names.find((name) => Object.values(people[name]).some((way) => way === recipient)) ?? recipient
}
