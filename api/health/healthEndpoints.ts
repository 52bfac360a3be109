import { z } from 'zod'
import { defineEndpoint } from '../http/endpoint'
import { type CheckName, readiness } from './readiness'

const tag = 'Health'
const check = z.strictObject({ ok: z.boolean(), text: z.string() })
const channel = z.enum(['configured', 'channel_not_configured'])

const readinessSchema = z
  .strictObject({
    ready: z.boolean(),
    checks: z.strictObject({ process: check, database: check, temporal: check, worker: check } satisfies Record<
      CheckName,
      z.ZodType
    >),
    channels: z.strictObject({ sms: channel, email: channel }),
  })
  .meta({ id: 'Readiness' })

export const healthEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/healthz',
    tag,
    summary: 'Whether the process runs',
    access: 'anybody',
    answers: { 200: { description: 'It does.', schema: z.strictObject({ status: z.literal('ok') }) } },
    async handle() {
      return { status: 200, body: { status: 'ok' } }
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/readyz',
    tag,
    summary: 'Whether a request would be served and its messages sent',
    description: 'Asks the database, Temporal, and Temporal for a worker that it heard of within the last minute.',
    access: 'anybody',
    answers: {
      200: { description: 'Everything is there.', schema: readinessSchema },
      503: { description: 'Something is missing; `checks` says what.', schema: readinessSchema },
    },
    async handle(_call, api) {
      const state = await readiness(api)
      return { status: state.ready ? 200 : 503, body: state, ...(!state.ready && { headers: { 'Retry-After': '5' } }) }
    },
  }),
]
