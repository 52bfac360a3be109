import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'

/** Figures of what callers met. */
export interface Traffic {
  accepted: number
  retried: number
  /** Why, counted: a status and its code, or the error of the connection. */
  repeatedFor: Record<string, number>
  /** Answers that are no way to say "away". */
  answered500: number
  /** What took longest from the first try until it was accepted, and what became of each try, in words. */
  longest: { ms: number; what: string }
}

const onceMs = 15_000
const patienceMs = 150_000
/** After a connection that broke, twice as long each time; the spread keeps callers from coming all at once. */
const pause = { firstMs: 200, mostMs: 3_200 }

interface Answer {
  /** 0: the connection broke, and the text says how. */
  status: number
  text: string
  /** When the answer asks to come again, in ms; null when it does not say. */
  retryAfterMs: number | null
}

interface Request {
  method: string
  path: string
  body: string | undefined
  headers: Record<string, string>
}

/**
 * A dispatch back end, a driver's app and a vendor: asks one of the APIs, and when the connection breaks or the answer is
 * "later", asks another one the same, with the same Idempotency-Key or the vendor's own id, when `Retry-After` says so.
 */
export class Client {
  readonly traffic: Traffic = { accepted: 0, retried: 0, repeatedFor: {}, answered500: 0, longest: { ms: 0, what: '' } }
  private turn = 0

  constructor(
    private readonly urls: readonly string[],
    private readonly adminKey: string,
  ) {}

  /** @throws Error when it is refused, or not accepted for minutes */
  async call(method: string, path: string, body?: unknown): Promise<unknown> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.adminKey}` }
    if (method === 'POST') headers['idempotency-key'] = randomUUID()
    if (body !== undefined) headers['content-type'] = 'application/json'
    const answer = await this.untilAccepted({
      method,
      path: `/v1${path}`,
      body: body === undefined ? undefined : JSON.stringify(body),
      headers,
    })
    return answer === '' ? null : JSON.parse(answer)
  }

  /** As a vendor: what it signs is in the headers. */
  async deliver(path: string, body: string, headers: Record<string, string>): Promise<void> {
    await this.untilAccepted({ method: 'POST', path, body, headers })
  }

  private async untilAccepted(request: Request): Promise<string> {
    const began = Date.now()
    const met: string[] = []
    for (let tries = 0; ; tries++) {
      const { status, text, retryAfterMs } = await this.once(request)
      if (status >= 200 && status < 300) {
        this.traffic.accepted += 1
        const ms = Date.now() - began
        if (ms > this.traffic.longest.ms)
          this.traffic.longest = { ms, what: `${request.method} ${request.path} after ${met.join(', ')}` }
        return text
      }
      if (status === 500) this.traffic.answered500 += 1
      if (!isWorthRepeating(status, text) || Date.now() > began + patienceMs)
        throw new Error(
          `${request.method} ${request.path} was not accepted after ${tries + 1} tries: ${status} ${text}`,
        )
      this.traffic.retried += 1
      const why = reasonOf(status, text)
      met.push(why)
      this.traffic.repeatedFor[why] = (this.traffic.repeatedFor[why] ?? 0) + 1
      const pauseMs = retryAfterMs ?? Math.min(pause.firstMs * 2 ** tries, pause.mostMs)
      await delay(pauseMs * (1 + Math.random() / 2))
    }
  }

  private async once({ method, path, body, headers }: Request): Promise<Answer> {
    const url = this.urls[this.turn++ % this.urls.length]
    try {
      const signal = AbortSignal.timeout(onceMs)
      const response = await fetch(`${url}${path}`, {
        method,
        headers,
        signal,
        ...(body === undefined ? {} : { body }),
      })
      const retryAfter = response.headers.get('retry-after')
      const retryAfterMs = retryAfter === null ? null : Number(retryAfter) * 1_000
      return { status: response.status, text: await response.text(), retryAfterMs }
    } catch (error) {
      const text = String(error instanceof Error ? (error.cause ?? error) : error)
      return { status: 0, text, retryAfterMs: null }
    }
  }
}

function isWorthRepeating(status: number, text: string): boolean {
  return status === 0 || status >= 500 || status === 429 || (status === 409 && text.includes('idempotency_key_in_use'))
}

function reasonOf(status: number, text: string): string {
  if (status === 0) return /ECONNREFUSED|ECONNRESET|socket|Timeout/i.exec(text)?.[0] ?? 'connection'
  return /"code":"([a-z_]+)"/.exec(text)?.[1] ?? String(status)
}
