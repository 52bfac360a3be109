import { abandonIdempotent, beginIdempotent, finishIdempotent, holdIdempotent } from '../../db/idempotencyKeys'
import { ApiProblem } from '../../domain/errors'
import { type SealingKeys, seal, unseal } from '../../integrations/secrets/seal'
import type { ApiParts } from '../apiParts'
import type { Caller } from '../auth/caller'
import type { Answer, Endpoint } from '../http/endpoint'

/** A request with an `Idempotency-Key`, as it is recognised when it comes again. */
export interface KeyedRequest {
  key: string
  method: string
  path: string
  bodyHash: Buffer
}

/** Of the 10 seconds after which a claim lapses: whoever repeats a request of a process that died waits no longer. */
const holdEveryMs = 3_000

/**
 * Handles a request unless it has been handled before: then its first answer is given again. A request that failed did
 * nothing, so its key is free for another try.
 */
export async function onceForItsKey(
  request: KeyedRequest,
  handle: () => Promise<Answer>,
  endpoint: Endpoint,
  caller: Caller,
  { db, config }: ApiParts,
): Promise<Answer> {
  const keyed = { apiKeyId: caller.keyId, ...request }
  const place = `idempotency_keys/${caller.keyId}/${request.key}`
  const known = await beginIdempotent(db, keyed)
  if (known.state === 'reused') throw new ApiProblem('idempotency_key_reused')
  if (known.state === 'in_progress') throw new ApiProblem('idempotency_key_in_use')
  if (known.state === 'replay') {
    const body = endpoint.secretAnswer ? opened(known.response, config.encryptionKeys, place) : known.response
    return { status: known.status, ...(body !== null && { body }) }
  }
  // When the database is away for so long, the request fails of itself.
  const holding = setInterval(() => void holdIdempotent(db, keyed).catch(() => {}), holdEveryMs)
  try {
    const answer = await handle()
    const body = answer.body ?? null
    const response = endpoint.secretAnswer ? sealed(body, config.encryptionKeys, place) : body
    await finishIdempotent(db, keyed, { status: answer.status, response })
    return answer
  } catch (error) {
    // When this fails too, the key is free again seconds later.
    await abandonIdempotent(db, keyed).catch(() => {})
    throw error
  } finally {
    clearInterval(holding)
  }
}

interface Sealed {
  sealed: string
}

function sealed(body: unknown, keys: SealingKeys, place: string): Sealed {
  return { sealed: seal(JSON.stringify(body), keys, place).toString('base64') }
}

function opened(response: unknown, keys: SealingKeys, place: string): unknown {
  return JSON.parse(unseal(Buffer.from((response as Sealed).sealed, 'base64'), keys, place))
}
