import type { Request } from 'express'
import { ApiProblem } from '../../domain/errors'
import type { ApiParts } from '../apiParts'
import { authenticate, type Credential, presentedBy } from '../auth/authenticate'
import type { Caller } from '../auth/caller'
import { isConsole, refuseCrossSite } from '../auth/crossSite'
import { hashOf } from '../auth/keys'
import type { Metrics } from '../metrics/metrics'
import { clientOf } from './clientAddress'
import { forgetOver } from './forgetOver'
import { createRequestLimit } from './requestLimit'
import { createSharedLimit } from './sharedLimit'
import { TooManyRequests } from './tooManyRequests'

/** Lets nobody in who does not belong, nor anybody too often. */
export interface Guard {
  /** The caller of a request with a key or a session; throws `unauthorized`, `too_many_requests` or `cross_site_request`. */
  callerOf(request: Request): Promise<Caller>
  /** Runs the handler of a signed request. A wrong signature counts as a failed authentication; a right one always passes. */
  verified<Result>(request: Request, handle: () => Promise<Result>): Promise<Result>
  /** Runs the handler of a request to be let in, by a password or a token, unless there were too many wrong ones. */
  signingIn<Result>(request: Request, handle: () => Promise<Result>): Promise<Result>
  /** Counts a test of a provider for the company; throws `too_many_requests` when there were too many within a minute. */
  testing(companyId: string): Promise<void>
}

const failureSeconds = 600
const requestSeconds = 60
/** Wrong passwords of one account from one client address, in as long as failures count. */
const mostSignIns = 10
/** Tests of providers for one company in a minute: each costs money, or may annoy whoever gets it. */
const mostTests = 5
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
  const signIns =
    failedAuthentications === 0
      ? null
      : createSharedLimit(api.db, { name: 'sign-ins', points: mostSignIns, seconds: failureSeconds })
  const tests = createSharedLimit(api.db, { name: 'provider-tests', points: mostTests, seconds: requestSeconds })
  const trustedUntil = new Map<string, number>()

  function refuse(limit: 'failures' | 'requests' | 'provider_tests', waitMs: number, what: string): never {
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

  /** Whoever tries keys is stopped; a key that was right goes on. */
  async function callerOfKey(request: Request, presented: Credential | undefined): Promise<Caller> {
    const key = presented === undefined ? null : `key:${fingerprint(presented.token)}`
    const keys = [clientKey(request), ...(key === null ? [] : [key])]
    const trusted = key !== null && (trustedUntil.get(key) ?? 0) > Date.now()
    const blockedMs = Math.max(0, ...keys.map((each) => failures?.waitMs(each) ?? 0))
    if (!trusted && blockedMs > 0) refuse('failures', blockedMs, tooManyFailures)
    const caller = await authenticate(presented, api).catch((error: unknown) => {
      if (key !== null) trustedUntil.delete(key)
      return isFailure(error) ? failed(keys, error) : Promise.reject(error)
    })
    if (key !== null) trust(key)
    return caller
  }

  return {
    async callerOf(request) {
      const presented = presentedBy(request, api.config)
      const caller = isOfConsole(request, presented)
        ? await authenticate(presented, api)
        : await callerOfKey(request, presented)
      const waitMs = (await calls?.admit(caller.keyId)) ?? 0
      if (waitMs > 0) refuse('requests', waitMs, `The caller has called more than ${requests} times in a minute.`)
      return caller
    },
    async signingIn(request, handle) {
      refuseCrossSite(request, api.config.publicUrl)
      const client = clientKey(request)
      const account = accountOf(request)
      const accounts = account === null ? [] : [`account:${account}`]
      const blockedMs = Math.max(0, ...[client, ...accounts].map((each) => failures?.waitMs(each) ?? 0))
      if (blockedMs > 0) refuse('failures', blockedMs, tooManyFailures)
      // Counted before the password is looked at: of many tries at once no more are looked at than one by one.
      const pair = `${account}@${client}`
      const { waitMs } = (account !== null && (await signIns?.count(pair))) || { waitMs: 0 }
      if (waitMs > 0) refuse('failures', waitMs, tooManyFailures)
      const result = await handle().catch((error: unknown) =>
        isFailure(error) ? failed([client, ...accounts], error) : Promise.reject(error),
      )
      await signIns?.forget(pair)
      return result
    },
    async testing(companyId) {
      const { waitMs } = await tests.count(companyId)
      if (waitMs > 0)
        refuse('provider_tests', waitMs, `There were more than ${mostTests} tests for this company within a minute.`)
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

const tooManyFailures = 'There were too many wrong keys, passwords or signatures.'

/**
 * A console whose session is over, or that has none yet, is no attack: nothing was guessed, and the next to sign in at its
 * address must not pay for it.
 */
function isOfConsole(request: Request, presented: Credential | undefined): boolean {
  return presented === undefined ? isConsole(request) : presented.kind === 'session'
}

/** The account that a request to be let in is about, as a fingerprint: of the email that it names, in whatever case. */
function accountOf({ body }: Request): string | null {
  const email: unknown = body?.email
  return typeof email === 'string' ? fingerprint(email.trim().toLowerCase()) : null
}

function isFailure(error: unknown): boolean {
  return error instanceof ApiProblem && ['unauthorized', 'sign_in_failed', 'invalid_signature'].includes(error.code)
}
