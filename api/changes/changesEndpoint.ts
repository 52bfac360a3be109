import { z } from 'zod'
import { readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { companyPath } from '../schemas/common'
import { eventOf } from './change'
import type { Subscription } from './subscription'

/** After which a browser connects again. */
const retryMs = 2_000

/** The events of a subscription, with a sign of life in between; ends with it, or when its listener may not listen any more. */
async function* eventsOf(
  subscription: Subscription,
  heartbeatMs: number,
  stillAllowed: () => Promise<boolean>,
  signal: AbortSignal,
) {
  signal.addEventListener('abort', () => subscription.close())
  if (signal.aborted) subscription.close()
  let askedAt = Date.now()
  yield `retry: ${retryMs}\n\n`
  for (let told = await subscription.next(heartbeatMs); told !== null; told = await subscription.next(heartbeatMs)) {
    if (Date.now() - askedAt >= heartbeatMs) {
      if (!(await stillAllowed())) break
      askedAt = Date.now()
    }
    yield told.length === 0 ? ':\n\n' : told.map(eventOf).join('')
  }
  subscription.close()
}

export const changesEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/companies/{companyId}/changes',
  tag: 'Changes',
  summary: 'Listen to what changes in a company, as server-sent events',
  description:
    'Ids only: read again what they name. `event: route` has `{routeId}`, `event: notification` `{routeId, stopId}` (null: of ' +
    'several stops or of the whole route); `settings`, `company`, `truck`, `contract`, `consent`, `task` and `integration` have ' +
    'none. `event: refresh` says that anything may have changed: it is the first of every connection, so a reconnect ' +
    'misses nothing and Last-Event-ID is not needed. At most a few tellings a second; a comment every 15 seconds is a sign ' +
    'of life. The stream ends with the key or session that listens.',
  access: { roles: readers },
  params: companyPath,
  answers: { 200: { description: 'The events.', schema: z.string(), contentType: 'text/event-stream' } },
  errors: ['overloaded'],
  async handle({ params: { companyId }, stillAllowed }, { db, changes }) {
    await companyOr404(db, companyId)
    const subscription = changes.subscribe(companyId)
    return {
      status: 200,
      stream: {
        contentType: 'text/event-stream',
        waitsForNews: true,
        content: (signal) => eventsOf(subscription, changes.heartbeatMs, stillAllowed, signal),
      },
    }
  },
})
