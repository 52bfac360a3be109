import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { reporters } from '../auth/caller'
import { defineEndpoint } from '../http/endpoint'
import { routePath } from '../routes/routeBody'
import { callersId, instant, instantOut, isoOrNone, text } from '../schemas/common'
import { type ReportKind, reportByDriver } from './reportByDriver'

const reportBody = z
  .strictObject({
    eventId: text(200).optional().meta({ description: 'The same one twice changes nothing; made here if left out.' }),
    occurredAt: instant.optional().meta({ type: 'string', format: 'date-time', description: 'Now, if left out.' }),
  })
  .meta({ id: 'Report' })

const reportSchema = z
  .strictObject({
    eventId: z.string(),
    stopId: z.string(),
    kind: z.enum(['arrived', 'departed', 'skipped']),
    occurredAt: instantOut,
  })
  .meta({ id: 'AcceptedReport' })

function reportEndpoint(kind: ReportKind, summary: string) {
  return defineEndpoint({
    method: 'post',
    path: `/v1/companies/{companyId}/routes/{routeId}/stops/{stopId}/${kind}`,
    tag: 'Stops',
    summary,
    access: { roles: reporters },
    params: routePath.extend({ stopId: callersId }),
    body: reportBody,
    answers: { 202: { description: 'Accepted; the same event twice changes nothing.', schema: reportSchema } },
    errors: [
      'route_not_confirmed',
      'route_closed',
      ...(kind === 'skipped' ? [] : (['arrival_source_is_geofence'] as const)),
    ],
    async handle({ params: { stopId, ...ref }, body, caller, now }, api) {
      const eventId = body.eventId ?? randomUUID()
      const occurredAt = body.occurredAt ?? now
      const report = { ref, stopId, kind, eventId, occurredAt, by: caller }
      const message = await reportByDriver(api.db, report, now)
      if (message !== null) await api.forwarder.forward([message])
      return { status: 202, body: { eventId, stopId, kind, occurredAt: isoOrNone(occurredAt) } }
    },
  })
}

export const reportEndpoints = [
  reportEndpoint('arrived', 'The driver reports that the truck has arrived at a stop'),
  reportEndpoint('departed', 'The driver reports that the truck has left a stop'),
  reportEndpoint('skipped', 'The driver reports that a stop is skipped; nobody is told'),
]
