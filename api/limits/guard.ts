import type { Request } from 'express'
import { ApiProblem } from '../../domain/errors'
import type { ApiParts } from '../apiParts'
import { authenticate, presentedKey } from '../auth/authenticate'
import type { Caller } from '../auth/caller'
import { hashOf } from '../auth/keys'
import type { Metrics } from '../metrics/metrics'
import { clientOf } from './clientAddress'
import { forgetOver } from './forgetOver'
import { createRequestLimit } from './requestLimit'
import { createSharedLimit } from './sharedLimit'
import { TooManyRequests } from './tooManyRequests'

/** Lets nobody in who does not belong, nor anybody too often. */
export interface Guard {
  /** The caller of a request with a key; throws `unauthorized`, or `too_many_requests`. */
  callerOf(request: Request): Promise<Caller>
  /** Runs the handler of a signed request. A wrong signature counts as a failed authentication; a right one always passes. */
  verified<Result>(request: Request, handle: () => Promise<Result>): Promise<Result>
}

const failureSeconds = 600
const requestSeconds = 60
/** So long a key that was right is not refused for what others do at its address. */
const trustedMs = 3_600_000
const mostTrusted = 10_000

const fingerprint = (value: string) => hashOf(value).toString('base64url')

/** The guard of one process; what it counts it shares with the others. */
export function createGuard(api: ApiParts, { rateLimited }: Pick<Metrics, 'rateLimited'>): Guard {
  const { failedAuthentications, requests } = api.config.limits
  const failures =
    failedAuthentications === 0
      ? null
      : createSharedLimit(api.db, { name: 'failures', points: failedAuthentications, seconds: failureSeconds })
  const calls =
    requests === 0
      ? null
      : createRequestLimit(createSharedLimit(api.db, { name: 'requests', points: requests, seconds: requestSeconds }))
  const trustedUntil = new Map<string, number>()

  function refuse(limit: 'failures' | 'requests', waitMs: number, what: string): never {
    rateLimited.inc({ limit })
    throw new TooManyRequests(waitMs, what)
  }

  /** A client's address is nobody's to read in the database either: its fingerprint counts. */
  const clientKey = (request: Request) => `client:${fingerprint(clientOf(request.ip))}`

  /** Counts a failed authentication under each of `keys`, and says what it is answered with. */
  async function failed(keys: readonly string[], error: unknown): Promise<never> {
    const standings = failures === null ? [] : await Promise.all(keys.map((key) => failures.count(key)))
    const waitMs = Math.max(0, ...standings.map((standing) => standing.waitMs))
    if (waitMs > 0) refuse('failures', waitMs, tooManyFailures)
    throw error
  }

  function trust(key: string): void {
    forgetOver(trustedUntil, mostTrusted)
    trustedUntil.set(key, Date.now() + trustedMs)
  }

  return {
    async callerOf(request) {
      const presented = presentedKey(request.get('authorization'))
      const key = presented === undefined ? null : `key:${fingerprint(presented)}`
      const keys = [clientKey(request), ...(key === null ? [] : [key])]
      const trusted = key !== null && (trustedUntil.get(key) ?? 0) > Date.now()
      const blockedMs = Math.max(0, ...keys.map((each) => failures?.waitMs(each) ?? 0))
      if (!trusted && blockedMs > 0) refuse('failures', blockedMs, tooManyFailures)
      const caller = await authenticate(presented, api).catch((error: unknown) => {
        if (key !== null) trustedUntil.delete(key)
        return isFailure(error) ? failed(keys, error) : Promise.reject(error)
      })
      if (key !== null) trust(key)
      const waitMs = (await calls?.admit(caller.keyId)) ?? 0
      if (waitMs > 0) refuse('requests', waitMs, `The key has called more than ${requests} times in a minute.`)
      return caller
    },
    async verified(request, handle) {
      try {
        return await handle()
      } catch (error) {
        if (isFailure(error)) return failed([clientKey(request)], error)
        throw error
      }
    },
  }
}

const tooManyFailures = 'There were too many wrong keys or signatures.'

function isFailure(error: unknown): boolean {
  return error instanceof ApiProblem && (error.code === 'unauthorized' || error.code === 'invalid_signature')
}
