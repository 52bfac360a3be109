import { setMaxListeners } from 'node:events'
import { FaultList } from '../faultList'
import { listen } from '../listen'
import { Recorder } from '../recorder'
import { standInApp } from '../standInApp'
import { type TwilioFault, type TwilioFaultInput, twilioFault } from './faults'
import { carry } from './lifecycle'
import { messagesApi, type TextRequest } from './messagesApi'
import type { ReceivedText } from './text'

export interface TwilioStandInOptions {
  accountSid: string
  authToken: string
  /** A free one when left out. */
  port?: number
  /** Whether status callbacks are posted to the StatusCallback of a text; off when left out. */
  callbacks?: boolean
  /** Between two statuses of a text, milliseconds; 10 when left out. */
  stepMs?: number
  /** A line for each request to send. */
  log?: (line: string) => void
}

export interface TwilioStandIn {
  /** Base address, in the place of https://api.twilio.com. */
  url: string
  /** The texts that were taken, oldest first. */
  readonly received: readonly ReceivedText[]
  /** Every request to send, the refused and dropped ones too. */
  readonly requests: readonly TextRequest[]
  /** How often it was asked for texts: list and fetch. */
  readonly reads: number
  /** Waits for a text that was taken, or for one to reach a status. Default 10 s; see `Recorder.waitFor`. */
  waitFor(matches: (text: ReceivedText) => boolean, timeoutMs?: number): Promise<ReceivedText>
  /** Waits for a request, whatever became of it. */
  waitForRequest(matches: (request: TextRequest) => boolean, timeoutMs?: number): Promise<TextRequest>
  /** Shows a fault from now on. Another process does it with `POST /_stand-in/faults`. */
  fault(fault: TwilioFaultInput): void
  clearFaults(): void
  /** Forgets what was received. */
  clear(): void
  stop(): Promise<void>
}

/**
 * A server that speaks Twilio's Messages API for the real twilio client, and shows what it received at `/`. It validates
 * as Twilio does, knows Twilio's magic numbers, carries texts to delivered, signs status callbacks, and shows faults when
 * it is told to.
 *
 * @throws Error when the port is in use
 */
export async function startTwilioStandIn(options: TwilioStandInOptions): Promise<TwilioStandIn> {
  const { accountSid, authToken, port, callbacks = false, stepMs = 10, log } = options
  const texts = new Recorder<ReceivedText>('text', ({ to, status, body }) => `to ${to}, ${status}: ${body}`)
  const requests = new Recorder<TextRequest>('request', ({ to, outcome, body }) => `to ${to}, ${outcome}: ${body}`)
  const faults = new FaultList<TwilioFault>()
  const stopping = new AbortController()
  // One listener for each text that is on its way.
  setMaxListeners(0, stopping.signal)
  const carrier = { authToken, callbacks, stepMs, stopping: stopping.signal, changed: () => texts.changed() }
  const clear = () => {
    texts.clear()
    requests.clear()
  }

  let reads = 0
  const app = standInApp({
    page: () => ({
      title: 'Texts (Twilio stand-in)',
      intro: 'Texts that would have gone out by Twilio.',
      columns: ['Taken', 'To', 'From', 'Status', 'Text'],
      rows: texts.all.toReversed().map((text) => {
        const status = text.errorCode === null ? text.status : `${text.status} (${text.errorCode})`
        return [new Date(text.createdAt).toISOString(), text.to, text.from ?? '', status, text.body]
      }),
    }),
    messages: () => texts.all,
    requests: () => requests.all,
    clear,
    faultForm: twilioFault,
    fault: (fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
  })
  app.use(
    messagesApi({
      accountSid,
      authToken,
      texts,
      requests,
      faults,
      wasRead: () => {
        reads += 1
      },
      carry: (text, fault) => {
        log?.(`Twilio stand-in: ${text.to}: ${text.body}`)
        void carry(text, fault?.kind === 'undelivered' || fault?.kind === 'stuck' ? fault : undefined, carrier)
      },
    }),
  )
  const server = await listen('The Twilio stand-in', app, port)

  return {
    url: server.url,
    get received() {
      return texts.all
    },
    get requests() {
      return requests.all
    },
    get reads() {
      return reads
    },
    waitFor: (matches, timeoutMs) => texts.waitFor(matches, timeoutMs),
    waitForRequest: (matches, timeoutMs) => requests.waitFor(matches, timeoutMs),
    fault: (fault) => faults.add(twilioFault.parse(fault)),
    clearFaults: () => faults.clear(),
    clear,
    stop: () => {
      stopping.abort()
      return server.stop()
    },
  }
}
