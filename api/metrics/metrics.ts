import type { RequestHandler } from 'express'
import type { Knex } from 'knex'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { outboxBacklog } from '../../db/outbox'
import { poolUse } from '../../db/poolUse'
import { within } from '../health/within'

/** What one API process tells Prometheus. */
export interface Metrics {
  /** Counts the requests that go through it, by the template of their path. */
  observe: RequestHandler
  /** Answers `GET /metrics`. */
  serve: RequestHandler
  rateLimited: Pick<Counter<'limit'>, 'inc'>
}

const deadlineMs = 2_000

/** The metrics over a database, in a registry of their own. No name, id or address of anybody is a label. */
export function createMetrics(db: Knex): Metrics {
  const registers = [new Registry()]
  const [register] = registers as [Registry]
  collectDefaultMetrics({ register })
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long requests took, by the template of their path.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers,
  })
  const rateLimited = new Counter({
    name: 'rate_limited_requests_total',
    help: 'Requests that were answered 429, by the limit: failures of authentication, requests by a key, or tests of providers.',
    labelNames: ['limit'],
    registers,
  })
  const messages = new Gauge({ name: 'outbox_messages', help: 'Accepted requests that wait for Temporal.', registers })
  const oldest = new Gauge({ name: 'outbox_oldest_age_seconds', help: 'How long the oldest of them waits.', registers })
  const up = new Gauge({ name: 'database_up', help: 'Whether the database answers: 1 or 0.', registers })
  const pool = new Gauge({
    name: 'database_pool_connections',
    help: 'Connections of this process: in use, idle, and requests that wait for one.',
    labelNames: ['state'],
    registers,
  })

  async function look(): Promise<void> {
    for (const [state, count] of Object.entries(poolUse(db))) pool.set({ state }, count)
    try {
      const { count, oldestAt } = await within(deadlineMs, outboxBacklog(db))
      messages.set(count)
      oldest.set(oldestAt === null ? 0 : Math.max(0, (Date.now() - oldestAt) / 1_000))
      up.set(1)
    } catch {
      // What was known last would look like news.
      messages.remove()
      oldest.remove()
      up.set(0)
    }
  }

  return {
    rateLimited,
    observe(request, response, next) {
      const stop = durations.startTimer()
      response.once('close', () => {
        const route: string = response.locals.route ?? 'other'
        stop({ method: request.method, route, status: response.writableFinished ? response.statusCode : 'aborted' })
      })
      next()
    },
    async serve(_request, response) {
      await look()
      response.set('Content-Type', register.contentType).send(await register.metrics())
    },
  }
}
