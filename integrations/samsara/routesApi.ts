import { z } from 'zod'
import { callVendor, type VendorReply, type VendorRequest } from '../callVendor'
import { identifier } from '../webhookFields'
import { externalIds } from './bodies'
import { ownStopId } from './stopNames'

/** Samsara answered, and did not do it. */
export class Refusal extends Error {
  constructor(readonly reply: VendorReply) {
    super(`Samsara answers ${reply.status}`)
  }

  /** Samsara's own words, if it has any. */
  get said(): string | null {
    const parsed = z.object({ message: z.string() }).safeParse(this.reply.json)
    return parsed.success ? parsed.data.message : null
  }
}

export interface SamsaraRoute {
  id: string
  /** Samsara's ids of the stops, by ours. */
  stopIds: Map<string, string>
}

const stop = z.object({ id: identifier, externalIds })
const answer = z.object({ data: z.object({ id: identifier, stops: z.array(stop).nullish() }) })

export interface SamsaraAccount {
  apiToken: string
  /** Null: Samsara itself. */
  apiUrl: string | null
  /** How long Samsara may take. */
  answerMs?: number
}

const samsara = 'https://api.samsara.com'
const defaultAnswerMs = 10_000

/**
 * Samsara's routes (https://developers.samsara.com/reference/createroute), one call each; `id` is Samsara's id or
 * `key:value` of an external one. Everything throws a `Refusal` for an answer that is no success, or `NoAnswer`.
 */
export function routesApi({ apiToken, apiUrl, answerMs = defaultAnswerMs }: SamsaraAccount) {
  const base = (apiUrl ?? samsara).replace(/\/+$/, '')
  async function call(method: VendorRequest['method'], path: string, content?: unknown): Promise<VendorReply> {
    const headers = { Authorization: `Bearer ${apiToken}`, Accept: 'application/json' }
    const sent = content === undefined ? {} : { body: JSON.stringify(content) }
    const reply = await callVendor({
      method,
      url: new URL(`${base}${path}`),
      headers: content === undefined ? headers : { ...headers, 'Content-Type': 'application/json' },
      ...sent,
      answerMs,
    })
    if (reply.status < 200 || reply.status >= 300) throw new Refusal(reply)
    return reply
  }
  const pathOf = (id: string) => `/fleet/routes/${encodeURIComponent(id)}`
  return {
    create: async (route: unknown) => routeIn(await call('POST', '/fleet/routes', route)),
    update: async (id: string, route: unknown) => routeIn(await call('PATCH', pathOf(id), route)),
    /** Null when there is none. */
    find: async (id: string) => routeIn(await unlessMissing(call('GET', pathOf(id)))),
    /** May be repeated: one that is not there is deleted. */
    delete: async (id: string) => {
      await unlessMissing(call('DELETE', pathOf(id)))
    },
  }
}

async function unlessMissing(calling: Promise<VendorReply>): Promise<VendorReply | null> {
  try {
    return await calling
  } catch (error) {
    if (error instanceof Refusal && error.reply.status === 404) return null
    throw error
  }
}

/** The route of an answer; null for an answer without one. */
function routeIn(reply: VendorReply | null): SamsaraRoute | null {
  const parsed = answer.safeParse(reply?.json)
  if (!parsed.success) return null
  const { id, stops } = parsed.data.data
  const named = (stops ?? []).flatMap((each) => {
    const own = ownStopId(each)
    return own === null ? [] : [[own, each.id] as const]
  })
  return { id, stopIds: new Map(named) }
}
