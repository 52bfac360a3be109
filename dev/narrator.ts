import { listNotifications, type NotificationView } from '../db/notifications'
import { dateOf, wallTimeOf } from '../domain/schedule/zonedTime'
import type { Instant } from '../domain/words'
import type { System } from './startSystem'

/** Prints what happens and what is sent, each with its virtual time. */
export class Narrator {
  private textsTold = 0
  private mailsTold = 0

  /** `zones`: the zone of each company that takes part. */
  constructor(
    private readonly system: Pick<System, 'db' | 'twilio' | 'smtp'>,
    private readonly zones: Record<string, string>,
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
    const notifications = new Map((await this.notifications()).map((found) => [found.id, found]))
    const lines = ids.map(({ id, kind, to, said }) => {
      const notification = notifications.get(id)
      const at = notification?.attempts.at(-1)?.at ?? 0
      return {
        at,
        line: `${clock(at, this.zones[notification?.companyId ?? ''] ?? 'UTC')}    ${kind} to ${to}: ${said}`,
      }
    })
    for (const { line } of lines.sort((a, b) => a.at - b.at)) this.print(line)
  }

  /** Every notification of the companies that take part. */
  async notifications(): Promise<NotificationView[]> {
    const found: NotificationView[] = []
    for (const companyId of Object.keys(this.zones)) {
      let after: string | undefined
      do {
        const page = await listNotifications(this.system.db, companyId, { limit: 200, after })
        found.push(...page.items)
        after = page.next ?? undefined
      } while (after !== undefined)
    }
    return found
  }
}

/** The notification's id travels in the address for Twilio's receipts. */
export function idOfText(statusCallback: string | null): string {
  return statusCallback === null ? '' : (new URL(statusCallback).searchParams.get('n') ?? '')
}

/** `Tue 16:00` in a zone. */
export function clock(at: Instant, zone: string): string {
  const weekday = new Date(`${dateOf(at, zone)}T12:00:00Z`).toLocaleDateString('en-US', {
    weekday: 'short',
    timeZone: 'UTC',
  })
  return `${weekday} ${wallTimeOf(at, zone)}`
}
