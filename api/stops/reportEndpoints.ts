import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { ErrorCode } from '../../domain/errors'
import type { Instant } from '../../domain/words'
import type { ApiParts } from '../apiParts'
import { reporters } from '../auth/caller'
import { type Answer, defineEndpoint } from '../http/endpoint'
import { routePath } from '../routes/routeBody'
import { callersId, instant, instantOut, isoOrNone, text } from '../schemas/common'
import { type DriverReport, type ReportKind, reportByDriver } from './reportByDriver'

/** What a driver sends of what happened. */
export const reportBody = z
  .strictObject({
    eventId: text(200).optional().meta({ description: 'The same one twice changes nothing; made here if left out.' }),
    occurredAt: instant.optional().meta({ type: 'string', format: 'date-time', description: 'Now, if left out.' }),
  })
  .meta({ id: 'Report' })

export const reportSchema = z
  .strictObject({
    eventId: z.string(),
    stopId: z.string(),
    kind: z.enum(['arrived', 'departed', 'skipped']),
    occurredAt: instantOut,
  })
  .meta({ id: 'AcceptedReport' })

/** How a report of that kind may be refused. */
export function reportErrors(kind: ReportKind): ErrorCode[] {
  return [
    'route_not_confirmed',
    'route_closed',
    ...(kind === 'skipped' ? [] : (['arrival_source_is_geofence'] as const)),
  ]
}

/** Stores what a driver reports, and hands it to the engine. */
export async function acceptReport(
  what: Pick<DriverReport, 'ref' | 'stopId' | 'kind' | 'by'>,
  body: z.output<typeof reportBody>,
  now: Instant,
  api: ApiParts,
): Promise<Answer> {
  const { stopId, kind } = what
  const { eventId = randomUUID(), occurredAt = now } = body
  const message = await reportByDriver(api.db, { ...what, eventId, occurredAt }, now)
  if (message !== null) await api.forwarder.forward([message])
  return { status: 202, body: { eventId, stopId, kind, occurredAt: isoOrNone(occurredAt) } }
}

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
    errors: reportErrors(kind),
    handle: ({ params: { stopId, ...ref }, body, caller, now }, api) =>
      acceptReport({ ref, stopId, kind, by: caller }, body, now, api),
  })
}

export const reportEndpoints = [
  reportEndpoint('arrived', 'The driver reports that the truck has arrived at a stop'),
  reportEndpoint('departed', 'The driver reports that the truck has left a stop'),
  reportEndpoint('skipped', 'The driver reports that a stop is skipped; nobody is told'),
]
