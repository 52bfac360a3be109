import { listNotifications, type NotificationView } from '../../db/notifications'
import { dateOf, wallTimeOf } from '../../domain/schedule/zonedTime'
import type { Instant } from '../../domain/words'
import { acme, lakeside, type Person, people } from './companies'
import type { System } from './startSystem'

/** Prints what happens and what is sent, each with its virtual time. */
export class Narrator {
  private textsTold = 0
  private mailsTold = 0

  constructor(
    private readonly system: Pick<System, 'db' | 'twilio' | 'smtp'>,
    private readonly print: (line: string) => void,
  ) {}

  scene(at: Instant, text: string, zone: string): void {
    this.print(`\n${clock(at, zone)}  ${text}`)
  }

  /** Prints the messages that the stand-ins took since the last call, in the order of their virtual time. */
  async newMessages(): Promise<void> {
    const { twilio, smtp } = this.system
    const texts = twilio.received.slice(this.textsTold)
    const mails = smtp.mails.slice(this.mailsTold)
    this.textsTold += texts.length
    this.mailsTold += mails.length
    const ids = [
      ...texts.map((text) => ({ id: idOfText(text.statusCallback), kind: 'text ', to: text.to, said: text.body })),
      ...mails.map((mail) => ({
        id: mail.headers['x-notification-id'] ?? '',
        kind: 'email',
        to: mail.envelope.to.join(),
        said: mail.subject,
      })),
    ]
    const notifications = new Map((await allNotifications(this.system)).map((found) => [found.id, found]))
    const lines = ids.map(({ id, kind, to, said }) => {
      const notification = notifications.get(id)
      const at = notification?.attempts.at(-1)?.at ?? 0
      return { at, line: `${clock(at, zoneOf(notification))}    ${kind} to ${to}: ${said}` }
    })
    for (const { line } of lines.sort((a, b) => a.at - b.at)) this.print(line)
  }
}

/** One line a notification, in the form of `expected.ts`. */
export function outcomeLine(notification: NotificationView): string {
  const { channel, recipient, event, status, reason, sentAt, attempts } = notification
  const what = `${channel} ${nameOf(recipient)} ${event}`
  if (status === 'suppressed' || status === 'failed') return `${status} ${what} ${reason}`
  if (sentAt === null) return `${status} ${what}`
  // The first attempt is on the route's own clock; a receipt of the provider comes on the wall clock.
  return `${clock(attempts[0]?.at ?? sentAt, zoneOf(notification))} ${what}`
}

/** Every notification of the demo's companies. */
export async function allNotifications({ db }: Pick<System, 'db'>): Promise<NotificationView[]> {
  const found: NotificationView[] = []
  for (const companyId of [acme.id, lakeside.id]) {
    let after: string | undefined
    do {
      const page = await listNotifications(db, companyId, { limit: 200, after })
      found.push(...page.items)
      after = page.next ?? undefined
    } while (after !== undefined)
  }
  return found
}

/** The notification's id travels in the address for Twilio's receipts. */
export function idOfText(statusCallback: string | null): string {
  return statusCallback === null ? '' : (new URL(statusCallback).searchParams.get('n') ?? '')
}

function nameOf(recipient: string): string {
  const names = Object.keys(people) as Person[]
  return names.find((name) => Object.values(people[name]).some((way) => way === recipient)) ?? recipient
}

function zoneOf(notification: NotificationView | undefined): string {
  return notification?.companyId === lakeside.id ? lakeside.zone : acme.zone
}

/** `Tue 16:00` in a zone. */
function clock(at: Instant, zone: string): string {
  const weekday = new Date(`${dateOf(at, zone)}T12:00:00Z`).toLocaleDateString('en-US', {
    weekday: 'short',
    timeZone: 'UTC',
  })
  return `${weekday} ${wallTimeOf(at, zone)}`
}
