import type { SmtpStandIn } from '../smtp/startSmtpStandIn'
import type { TwilioStandIn } from '../twilio/startTwilioStandIn'
import { keyOf } from './ledger'

/** What the providers took and what they were asked, by the first words of each message. */
export class Received {
  private textsSeen = 0
  private mailsSeen = 0
  private requestsSeen = 0
  private readonly taken = new Map<string, number>()
  private readonly failed = new Map<string, number>()

  constructor(
    private readonly twilio: Pick<TwilioStandIn, 'received' | 'requests'>,
    private readonly smtp: Pick<SmtpStandIn, 'mails'>,
  ) {}

  /** How often a mailbox or a handset got the message: mails with one Message-ID are one mail. */
  times(key: string): number {
    this.lookAgain()
    return this.taken.get(key) ?? 0
  }

  /** How often Twilio neither took nor refused the text: it hung, or answered 5xx. Nobody but it can know. */
  timesFailed(key: string): number {
    this.lookAgain()
    return this.failed.get(key) ?? 0
  }

  /** Everything that was taken. */
  get keys(): string[] {
    this.lookAgain()
    return [...this.taken.keys()]
  }

  private lookAgain(): void {
    for (const { body, to } of this.twilio.received.slice(this.textsSeen)) count(this.taken, body, to)
    this.textsSeen = this.twilio.received.length
    for (const { subject, envelope } of this.smtp.mails.slice(this.mailsSeen)) {
      for (const to of envelope.to) count(this.taken, subject, to)
    }
    this.mailsSeen = this.smtp.mails.length
    for (const { body, to, outcome, sid } of this.twilio.requests.slice(this.requestsSeen)) {
      if (sid === undefined && (outcome === 'hang' || outcome === 'server_error')) count(this.failed, body, to)
    }
    this.requestsSeen = this.twilio.requests.length
  }
}

function count(counts: Map<string, number>, words: string, to: string): void {
  const [event = '', routeId = '', contract = ''] = words.split(' ')
  const key = keyOf(event, routeId, contract, to)
  counts.set(key, (counts.get(key) ?? 0) + 1)
}
