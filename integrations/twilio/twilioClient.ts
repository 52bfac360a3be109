import twilio from 'twilio'

/** How to reach Twilio. */
export interface TwilioAccount {
  accountSid: string
  authToken: string
  /** Something that speaks Twilio's API in Twilio's place; null for Twilio itself. */
  apiUrl: string | null
}

/** Twilio asked for fewer requests; it has not processed this one (error 20429). */
export class TooManyRequests extends Error {
  constructor(readonly retryAfterMs: number | null) {
    super('Twilio answers 429: too many requests at once')
  }
}

/** A text worth sending is worth waiting this long for; the outcome is then unknown. */
const answerWithinMs = 10_000

/** Twilio's own client. It never repeats a request by itself: whether a text may be sent again is not its to decide. */
export function twilioClient({ accountSid, authToken, apiUrl }: TwilioAccount): twilio.Twilio {
  return twilio(accountSid, authToken, { httpClient: new AnsweringClient(apiUrl) })
}

class AnsweringClient extends twilio.RequestClient {
  constructor(private readonly apiUrl: string | null) {
    super({ timeout: answerWithinMs })
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

/** Seconds, possibly fractional, as milliseconds. */
function retryAfterMs(header: unknown): number | null {
  const seconds = Number(header)
  return header === undefined || !Number.isFinite(seconds) || seconds < 0 ? null : Math.ceil(seconds * 1000)
}
