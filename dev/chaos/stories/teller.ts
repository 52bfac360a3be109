import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import type { Event } from '../../../domain/words'
import type { SmtpStandIn } from '../../smtp/startSmtpStandIn'
import { twilioSignature } from '../../twilio/signature'
import type { TwilioStandIn } from '../../twilio/startTwilioStandIn'
import type { Client } from '../client'
import { type Because, type Call, keyOf, type Ledger } from '../ledger'
import type { PlannedRecipient, PlannedRoute, PlannedStop } from '../plan'
import type { MailFault, TextFault } from '../providerFaults'
import type { Received } from '../received'

export interface Stage {
  client: Client
  twilio: TwilioStandIn
  smtp: SmtpStandIn
  received: Received
  ledger: Ledger
  /** The address and secret with which Twilio signs what it posts. */
  publicUrl: string
  twilioAuthToken: string
  vendorSecret: string
  /** How long a caller waits for a message to arrive before the truck goes on all the same. */
  patienceMs: number
  today: string
  figures: { providerFaults: number }
}

const unsettled = 'the truck came before the edits had settled'

/** What a story says: of one route, in the words of whoever acts. */
export class Teller {
  constructor(
    readonly stage: Stage,
    readonly route: PlannedRoute,
    readonly companyId: string,
  ) {}

  private get path(): string {
    return `/companies/${this.companyId}/routes/${this.route.routeId}`
  }

  /** Contracts, truck and route, planned for in an hour. */
  async plan(device?: string): Promise<void> {
    const { client } = this.stage
    const base = `/companies/${this.companyId}`
    for (const { contract, recipients } of this.route.stops) {
      const deliveryNotifications = recipients.map(({ channel, address, onlyIfTextFails }) => ({
        method: channel,
        address,
        events: ['confirmed', 'arrived', 'departed', 'updated', 'cancelled'],
        ...(onlyIfTextFails ? { onlyIfTextFails } : {}),
      }))
      await client.call('PUT', `${base}/contracts/${contract}`, { customer: { name: 'Ann' }, deliveryNotifications })
    }
    if (device !== undefined) {
      await client.call('PUT', `${base}/trucks/${device}`, {
        name: device,
        device: { vendor: 'generic', deviceId: device },
      })
    }
    await this.putStops(60, device)
  }

  /** The route as it is, or with all of its stops moved to so many minutes from now. */
  async putStops(minutesFromNow: number, truckId?: string): Promise<void> {
    const { client, today } = this.stage
    const at = new Date(Date.now() + minutesFromNow * 60_000).toISOString()
    const { routeId } = this.route
    await client.call('PUT', this.path, {
      name: routeId,
      serviceDate: today,
      ...(truckId === undefined ? {} : { truckId }),
      stops: this.route.stops.map(({ stopId, contract }) => ({
        stopId,
        kind: 'delivery',
        scheduledAt: at,
        address: '1 Main St',
        contracts: [contract],
        geofence: { id: `${routeId}-${stopId}` },
      })),
    })
  }

  async say(word: 'confirm' | 'unconfirm' | 'cancel'): Promise<void> {
    await this.stage.client.call('POST', `${this.path}/${word}`)
  }

  /** The driver; the app sends the same report twice, as such apps do. */
  async report(word: 'arrived' | 'departed', { stopId }: PlannedStop): Promise<void> {
    const body = { eventId: randomUUID(), occurredAt: new Date().toISOString() }
    const send = () => this.stage.client.call('POST', `${this.path}/stops/${stopId}/${word}`, body)
    await send()
    if (this.route.dice.happens(0.3)) await send()
  }

  /** The vendor of the truck's device, which sends each event twice at once. */
  async locate(
    kind: 'arrived' | 'departed',
    { stopId }: PlannedStop,
    deviceId: string,
    occurredAt: Date,
  ): Promise<void> {
    const id = `msg_${randomUUID()}`
    const geofenceId = `${this.route.routeId}-${stopId}`
    const body = JSON.stringify({ eventId: id, deviceId, kind, geofenceId, occurredAt: occurredAt.toISOString() })
    const at = new Date()
    const headers = {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': new Webhook(this.stage.vendorSecret).sign(id, at, body),
    }
    const send = () => this.stage.client.deliver(`/v1/webhooks/generic/${this.companyId}`, body, headers)
    await Promise.all([send(), send()])
  }

  /** Everybody who does so at this point texts STOP, and must not be told anything by text from now on. */
  async stopBy(moment: 'before' | 'after'): Promise<void> {
    const { publicUrl, twilioAuthToken, client } = this.stage
    const path = '/v1/webhooks/twilio/inbound'
    for (const stop of this.route.stops) {
      for (const recipient of stop.recipients) {
        if (recipient.stops !== moment) continue
        const From = recipient.address
        const form = { From, To: '+15005550006', Body: 'STOP', MessageSid: `SM${randomUUID().replaceAll('-', '')}` }
        if (this.isMissing('confirmed', stop, recipient)) {
          this.note('confirmed', stop, recipient, 'may', 'they said STOP first')
        }
        await client.deliver(path, new URLSearchParams(form).toString(), {
          'content-type': 'application/x-www-form-urlencoded',
          'x-twilio-signature': twilioSignature(twilioAuthToken, `${publicUrl}${path}`, form),
        })
        this.stopped.add(From)
      }
    }
  }

  private readonly stopped = new Set<string>()

  /**
   * From now on everybody of these stops has to be told of the event, but for those who said STOP or cannot be reached.
   * Their providers are set to do what is planned for that message.
   */
  callFor(event: Event, stops: readonly PlannedStop[] = this.route.stops): void {
    for (const stop of stops) {
      for (const recipient of stop.recipients) {
        if (this.stopped.has(recipient.address)) this.note(event, stop, recipient, 'never', 'they said STOP')
        else if (recipient.refused) this.note(event, stop, recipient, 'never', 'the provider refuses the number')
        else {
          this.note(event, stop, recipient, 'must')
          this.arm(recipient, event)
        }
      }
    }
  }

  /** Whoever was not told of `event` by now need not be any more, and may be told `instead` or not. */
  overtake(event: Event, because: Because, stops = this.route.stops, instead?: Event): void {
    for (const stop of stops) {
      for (const recipient of stop.recipients) {
        if (!this.isMissing(event, stop, recipient)) continue
        this.note(event, stop, recipient, 'may', because)
        if (instead !== undefined) this.note(instead, stop, recipient, 'may', 'they were not told of it before')
      }
    }
  }

  /**
   * The truck comes to a stop that was moved. As long as nobody of the route was told of the move the edits may not have
   * settled, and then it has nothing to say to anybody, those included who said STOP.
   */
  overtakeMove(stop: PlannedStop): void {
    const has = (at: PlannedStop, recipient: PlannedRecipient) =>
      this.stage.received.times(this.key('updated', at, recipient)) > 0
    if (this.route.stops.some((at) => at.recipients.some((each) => has(at, each)))) {
      this.overtake('updated', 'the truck came first', [stop])
      return
    }
    this.overtake('updated', unsettled, [stop])
    for (const recipient of stop.recipients) {
      if (this.stage.ledger.find(this.key('updated', stop, recipient))?.call === 'never')
        this.note('updated', stop, recipient, 'never', unsettled)
    }
  }

  /** Nobody is to be told, or nobody need be. */
  callOff(event: Event, call: 'never' | 'may', because: Because): void {
    for (const stop of this.route.stops) {
      for (const recipient of stop.recipients) this.note(event, stop, recipient, call, because)
    }
  }

  /**
   * Until everybody who has to be has been told of the event, or the truck goes on all the same. `afterMs`: how long the
   * product itself waits.
   */
  async told(event: Event, stops = this.route.stops, afterMs = 0): Promise<void> {
    for (const until = Date.now() + afterMs + this.stage.patienceMs; Date.now() < until; await delay(50)) {
      if (!stops.some((stop) => stop.recipients.some((each) => this.isMissing(event, stop, each)))) return
    }
  }

  /** Has to be told and was not yet. */
  private isMissing(event: Event, stop: PlannedStop, recipient: PlannedRecipient): boolean {
    const { ledger, received } = this.stage
    const key = this.key(event, stop, recipient)
    return ledger.find(key)?.call === 'must' && received.times(key) === 0
  }

  private key(event: Event, { contract }: PlannedStop, { address }: PlannedRecipient): string {
    return keyOf(event, this.route.routeId, contract, address)
  }

  private note(
    event: Event,
    stop: PlannedStop,
    recipient: PlannedRecipient,
    call: Call,
    because: Because | null = null,
  ): void {
    this.stage.ledger.note(event, this.route, stop, recipient, call, because)
  }

  private arm({ channel, address, faults }: PlannedRecipient, event: Event): void {
    const fault = faults[event]
    if (fault === undefined) return
    this.stage.figures.providerFaults += 1
    if (channel === 'sms') this.stage.twilio.fault({ ...(fault as TextFault), to: address, times: 1 })
    else this.stage.smtp.fault({ ...(fault as MailFault), to: address, times: 1 })
  }
}
