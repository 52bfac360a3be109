import type { NotificationView } from '../../db/notifications'
import { idOfText } from '../narrator'
import type { System } from '../startSystem'
import { expected } from './expected'
import { outcomeLine } from './outcomeLine'

/** What is wrong with a played week; empty when every message was sent once, when it should have been, and no other. */
export function complaintsAbout(
  notifications: NotificationView[],
  { twilio, smtp }: Pick<System, 'twilio' | 'smtp'>,
): string[] {
  const happened = notifications.map(outcomeLine)
  const complaints = [
    ...without(expected, happened).map((line) => `missing: ${line}`),
    ...without(happened, expected).map((line) => `not expected: ${line}`),
  ]
  // What the providers took, against what the database says was sent.
  const taken = [
    ...twilio.received.map((text) => idOfText(text.statusCallback)),
    ...smtp.mails.map((mail) => mail.headers['x-notification-id'] ?? ''),
  ]
  const sent = notifications.filter(({ sentAt }) => sentAt !== null).map(({ id }) => id)
  return [
    ...complaints,
    ...without(taken, sent).map((id) => `taken by a provider, but not recorded as sent, or taken twice: ${id}`),
    ...without(sent, taken).map((id) => `recorded as sent, but no provider has it: ${id}`),
  ]
}

/** What is left of a list when each item of another is taken away once. */
function without(list: readonly string[], other: readonly string[]): string[] {
  const left = [...other]
  return list.filter((item) => {
    const index = left.indexOf(item)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
}
