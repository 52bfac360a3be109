import { vendorAddressProblem } from '../domain/vendorAddress'

export interface VendorRequest {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  url: URL
  headers: Record<string, string>
  body?: string
  /** How long the vendor may take. */
  answerMs: number
}

export interface VendorReply {
  status: number
  /** The body, if it is JSON; undefined otherwise. */
  json: unknown
  /** Retry-After, which may be a fraction of a second. */
  retryAfterMs: number | null
}

/** A call to which no answer came. */
export class NoAnswer extends Error {
  constructor(
    readonly code: string,
    message: string,
    /** The vendor cannot have heard of it. */
    readonly neverLeft: boolean,
  ) {
    super(message)
  }
}

/** The connection was never made. */
const neverLeft = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
])
/** A certificate that does not convince: the request is not sent to whoever showed it. */
const badCertificate = /^(CERT_|ERR_TLS_CERT_|UNABLE_TO_)/

/** A route of 200 stops in Samsara's words is a tenth of this. */
const longestAnswer = 4_000_000

/**
 * One call to a vendor. It follows no redirect, so that nothing is sent to where nobody configured, and is never repeated
 * here: whether it may be is not its to decide.
 * @throws NoAnswer
 */
export async function callVendor({ method, url, headers, body, answerMs }: VendorRequest): Promise<VendorReply> {
  const problem = vendorAddressProblem(url.href)
  if (problem !== null) throw new NoAnswer('address_not_allowed', `The address of the vendor ${problem}.`, true)
  try {
    const response = await fetch(url, {
      method,
      headers: { 'User-Agent': 'dispatch-notifications', ...headers },
      ...(body !== undefined && { body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(answerMs),
    })
    const text = await readSome(response)
    return { status: response.status, json: parsed(text), retryAfterMs: retryAfterMs(response) }
  } catch (error) {
    throw noAnswer(error, answerMs)
  }
}

/** The body as text; nothing for one that does not end. What the status says holds all the same. */
async function readSome(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of response.body ?? []) {
      length += chunk.byteLength
      // Leaving the loop ends the connection.
      if (length > longestAnswer) return ''
      chunks.push(chunk)
    }
  } catch {
    return ''
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** At least a second: "at once" would be an endless loop. */
function retryAfterMs({ headers }: Response): number | null {
  const seconds = Number(headers.get('retry-after') ?? Number.NaN)
  return Number.isFinite(seconds) && seconds >= 0 ? Math.max(1_000, Math.ceil(seconds * 1000)) : null
}

function noAnswer(error: unknown, answerMs: number): NoAnswer {
  const { name, cause } = (error ?? {}) as { name?: unknown; cause?: { code?: unknown } }
  if (name === 'TimeoutError') return new NoAnswer('timeout', `No answer within ${answerMs} ms.`, false)
  const code = String(cause?.code ?? 'no_answer')
  const never = neverLeft.has(code) || badCertificate.test(code)
  return new NoAnswer(
    code,
    never ? `No connection (${code}).` : `The connection ended without an answer (${code}).`,
    never,
  )
}
