import { Agent } from 'node:https'
import twilio from 'twilio'
import { connectsWithin } from './connectsWithin'

/** How to reach Twilio. */
export interface TwilioAccount {
  accountSid: string
  authToken: string
  /** Something that speaks Twilio's API in Twilio's place; null for Twilio itself. */
  apiUrl: string | null
  /** How long Twilio may take; the defaults are right for Twilio itself. */
  patience?: Patience
}

export interface Patience {
  /** For a connection. Without one the request has not left, so the text can be sent later. */
  connectMs: number
  /** For an answer. Without one nobody knows whether Twilio took the text. */
  answerMs: number
}

const patienceWithTwilio: Patience = { connectMs: 5_000, answerMs: 10_000 }

/** Twilio asked for fewer requests; it has not processed this one (error 20429). */
export class TooManyRequests extends Error {
  constructor(readonly retryAfterMs: number | null) {
    super('Twilio answers 429: too many requests at once')
  }
}

/** Twilio's own client. It never repeats a request by itself: whether a text may be sent again is not its to decide. */
export function twilioClient({ accountSid, authToken, apiUrl, patience }: TwilioAccount): twilio.Twilio {
  return twilio(accountSid, authToken, { httpClient: new AnsweringClient(apiUrl, patience ?? patienceWithTwilio) })
}

/** As many calls at once as Twilio takes from one account: a text must not wait here long after its facts were checked. */
const atOnce = 100

class AnsweringClient extends twilio.RequestClient {
  constructor(
    private readonly apiUrl: string | null,
    { connectMs, answerMs }: Patience,
  ) {
    super({ timeout: answerMs, maxSockets: atOnce, maxTotalSockets: atOnce, maxFreeSockets: atOnce })
    const agent: unknown = this.axios.defaults.httpsAgent
    // Behind HTTP_PROXY it is another kind of agent, and the proxy answers for the connection.
    if (agent instanceof Agent) connectsWithin(agent, connectMs)
  }

  override async request<Data>(options: Parameters<typeof twilio.RequestClient.prototype.request<Data>>[0]) {
    const asked = new URL(options.uri)
    const uri = this.apiUrl === null ? options.uri : new URL(asked.pathname + asked.search, this.apiUrl).href
    const response = await super.request<Data>({ ...options, uri })
    // The client's error for it has no headers, and Retry-After is in them.
    if (response.statusCode === 429) throw new TooManyRequests(retryAfterMs(response.headers?.['retry-after']))
    return response
  }
}

/** Seconds, possibly fractional, as milliseconds. At least one second: "at once" would be an endless loop. */
function retryAfterMs(header: unknown): number | null {
  const seconds = Number(header)
  const isGiven = header !== undefined && header !== '' && Number.isFinite(seconds) && seconds >= 0
  return isGiven ? Math.max(1_000, Math.ceil(seconds * 1000)) : null
}
