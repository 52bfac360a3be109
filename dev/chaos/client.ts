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
}

const onceMs = 15_000
const patienceMs = 150_000

interface Request {
  method: string
  path: string
  body: string | undefined
  headers: Record<string, string>
}

/**
 * A dispatch back end, a driver's app and a vendor: asks one of the APIs, and when the connection breaks or the answer is
 * "later", asks another one the same, with the same Idempotency-Key or the vendor's own id.
 */
export class Client {
  readonly traffic: Traffic = { accepted: 0, retried: 0, repeatedFor: {}, answered500: 0 }
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
    let last = ''
    for (const until = Date.now() + patienceMs; Date.now() < until; await delay(400)) {
      const { status, text } = await this.once(request)
      if (status >= 200 && status < 300) {
        this.traffic.accepted += 1
        return text
      }
      if (status === 500) this.traffic.answered500 += 1
      last = `${status} ${text}`
      if (!isWorthRepeating(status, text)) break
      this.traffic.retried += 1
      const why = reasonOf(status, text)
      this.traffic.repeatedFor[why] = (this.traffic.repeatedFor[why] ?? 0) + 1
    }
    throw new Error(`${request.method} ${request.path} was not accepted: ${last}`)
  }

  private async once({ method, path, body, headers }: Request): Promise<{ status: number; text: string }> {
    const url = this.urls[this.turn++ % this.urls.length]
    try {
      const signal = AbortSignal.timeout(onceMs)
      const response = await fetch(`${url}${path}`, {
        method,
        headers,
        signal,
        ...(body === undefined ? {} : { body }),
      })
      return { status: response.status, text: await response.text() }
    } catch (error) {
      return { status: 0, text: String(error instanceof Error ? (error.cause ?? error) : error) }
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
