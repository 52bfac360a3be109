import { z } from 'zod'
import { readRouteFacts } from '../../db/routeFacts'
import { getRouteHead } from '../../db/routes'
import { type ForecastEntry, forecastRoute } from '../../domain/forecastRoute'
import { channels, events, suppressionReasons } from '../../domain/words'
import { type Caller, readers } from '../auth/caller'
import { defineEndpoint } from '../http/endpoint'
import { refusePassedDate } from '../routes/confirmRoute'
import { noSuchRoute } from '../routes/readRoute'
import { routePath } from '../routes/routeBody'
import { instant, instantOut, isoOrNone } from '../schemas/common'
import { masksFor } from '../schemas/masking'
import { configuredChannels } from './configuredChannels'
import { notToldFields } from './notToldSchema'

const entrySchema = z.strictObject({
  stopId: z.string().nullable().meta({ description: 'Null for an internal message about the whole route.' }),
  event: z.enum(events),
  channel: z.enum(channels),
  recipient: z.string(),
  action: z.enum(['send', 'hold', 'suppress']).meta({
    description: '`hold`: kept back by quiet hours until `sendAt`; without it, an email for when the text fails.',
  }),
  sendAt: instantOut.optional().meta({ description: 'Not of `arrived` and `departed`: nobody knows when.' }),
  reason: z.enum([...suppressionReasons, 'content_refused']).optional(),
  text: z.string(),
  subject: z.string().optional(),
})

const forecastSchema = z
  .strictObject({
    confirmedAt: instantOut,
    notifications: z.array(entrySchema),
    notTold: z.array(z.strictObject(notToldFields)),
  })
  .meta({ id: 'Forecast' })

export const forecastEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/companies/{companyId}/routes/{routeId}/forecast',
  tag: 'Routes',
  summary: 'Foresee who will be told what and when; changes nothing',
  description:
    'Of a planned route: what would happen if it were confirmed at `confirmedAt`. Of any other, since confirming it again ' +
    'changes nothing: what is still to come, whatever `confirmedAt`. If nothing happens that is not planned, it is exactly ' +
    'what is sent.',
  access: { roles: readers },
  params: routePath,
  query: z.strictObject({
    confirmedAt: instant.optional().meta({ type: 'string', format: 'date-time', description: 'Now, if left out.' }),
  }),
  answers: {
    200: { description: 'The forecast; recipients and texts masked for viewers.', schema: forecastSchema },
  },
  errors: ['service_date_passed'],
  async handle({ params, query, caller, now }, { db, config }) {
    const route = await getRouteHead(db, params)
    if (route === null) throw noSuchRoute(params)
    const planned = route.status === 'planned'
    const at = planned ? (query.confirmedAt ?? now) : now
    const facts = await readRouteFacts(db, params, at)
    if (facts === null) throw noSuchRoute(params)
    if (planned) refusePassedDate(route, at, facts.settings.timeZone)

    const { notifications, notTold } = forecastRoute(facts, at, configuredChannels(config))
    const body: z.input<typeof forecastSchema> = {
      confirmedAt: isoOrNone(planned ? at : (route.confirmedAt ?? at)) ?? '',
      notifications: notifications.map((entry) => shownEntry(entry, caller)),
      notTold: notTold.map(({ notificationIds, ...entry }) => entry),
    }
    return { status: 200, body }
  },
})

function shownEntry(entry: ForecastEntry, caller: Caller): z.input<typeof entrySchema> {
  const { stopId, event, channel, recipient, action, reason, text, subject } = entry
  const show = masksFor(caller)
  const sendAt = isoOrNone(entry.sendAt)
  return {
    stopId,
    event,
    channel,
    recipient: show.address(recipient),
    action,
    ...(sendAt !== undefined && { sendAt }),
    ...(reason !== null && { reason }),
    text: show.text(text),
    ...(subject !== null && { subject: show.text(subject) }),
  }
}
