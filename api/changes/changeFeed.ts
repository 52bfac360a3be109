import type { Logger } from 'pino'
import { type Listener, listenTo } from '../../db/listenTo'
import { ApiProblem } from '../../domain/errors'
import { TooManyRequests } from '../limits/tooManyRequests'
import { type Change, refresh } from './change'
import { createSubscription, type Subscription } from './subscription'

interface ChangeFeedParts {
  /** For a connection of its own that hears of changes, made for the first who listens. */
  databaseUrl: string
  log: Logger
  /** How many may listen at once: to one company, and in all. */
  most?: { ofCompany: number; inAll: number }
  /** Proxies close a connection that says nothing for a minute. */
  heartbeatMs?: number
}

/** Tells whoever listens to a company what changes in it, with one connection however many they are. */
export interface ChangeFeed {
  /** Listens to a company; throws `too_many_requests` when too many do already, `overloaded` when the process has too many. */
  subscribe(companyId: string): Subscription
  /** How often those who listen get a sign of life. */
  heartbeatMs: number
  /** Ends every subscription, and takes no more. */
  stop(): Promise<void>
}

/** A feed of what the triggers of the database announce. */
export function createChangeFeed({
  databaseUrl,
  log,
  most = { ofCompany: 100, inAll: 1_000 },
  heartbeatMs = 15_000,
}: ChangeFeedParts): ChangeFeed {
  const subscribed = new Map<string, Set<Subscription>>()
  let listener: Listener | null = null
  let stopped = false
  let inAll = 0

  const everybody = () => [...subscribed.values()].flatMap((ofCompany) => [...ofCompany])

  function tell(payload: string | null): void {
    // Announcements made while nobody listened are lost.
    if (payload === null) {
      for (const each of everybody()) each.push(refresh)
      return
    }
    const [companyId, event, routeId, stopId] = JSON.parse(payload) as [string | null, Change['event'], ...string[]]
    const change = { event, ...(routeId && { routeId }), ...(event === 'notification' && { stopId: stopId ?? null }) }
    // An opt-out by STOP binds every company.
    const concerned = companyId === null ? everybody() : (subscribed.get(companyId) ?? [])
    for (const each of concerned) each.push(change)
  }

  return {
    heartbeatMs,
    subscribe(companyId) {
      const ofCompany = subscribed.get(companyId) ?? new Set()
      if (stopped || inAll >= most.inAll) throw new ApiProblem('overloaded')
      if (ofCompany.size >= most.ofCompany)
        throw new TooManyRequests(30_000, `${most.ofCompany} listen to the changes of this company already.`)
      listener ??= listenTo('changes', databaseUrl, tell, (err) =>
        log.warn({ err }, 'Lost the connection that listens to changes; consoles refresh when it is back'),
      )
      const subscription = createSubscription(() => {
        if (!ofCompany.delete(subscription)) return
        inAll -= 1
        if (ofCompany.size === 0) subscribed.delete(companyId)
      })
      subscribed.set(companyId, ofCompany.add(subscription))
      inAll += 1
      return subscription
    },
    async stop() {
      stopped = true
      for (const each of everybody()) each.close()
      await listener?.close()
    },
  }
}
