import { z } from 'zod'
import { readRouteFacts } from '../../db/routeFacts'
import { storedStory } from '../../db/stopStory'
import { ApiProblem } from '../../domain/errors'
import { explainStop } from '../../domain/explaining/explainStop'
import { notToldOf } from '../../domain/notTold'
import { workflowIdOf } from '../../domain/routeWorkflow'
import { readers } from '../auth/caller'
import { defineEndpoint } from '../http/endpoint'
import { noSuchRoute } from '../routes/readRoute'
import { routePath } from '../routes/routeBody'
import { callersId, instantOut, isoOrNone } from '../schemas/common'
import { masksFor } from '../schemas/masking'

const explanationSchema = z
  .strictObject({
    stopId: z.string(),
    temporalUrl: z
      .url()
      .optional()
      .meta({ description: 'The route in Temporal’s UI, when it has been confirmed and TEMPORAL_UI_URL is set.' }),
    entries: z.array(
      z.strictObject({
        at: instantOut,
        kind: z.string(),
        text: z.string().meta({ description: 'A sentence; times in the company’s zone.' }),
        data: z.record(z.string(), z.unknown()).meta({ description: 'The same as values.' }),
      }),
    ),
  })
  .meta({ id: 'Explanation' })

export const explanationEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/companies/{companyId}/routes/{routeId}/stops/{stopId}/explanation',
  tag: 'Stops',
  summary: 'Explain why a stop’s customers were told, or were not',
  description:
    'Everything that is stored about the stop, in order of time: reports, each decision with its rule and the numbers that ' +
    'it used, timer, claim, the provider’s answers and receipts, and who was not told.',
  access: { roles: readers },
  params: routePath.extend({ stopId: callersId }),
  answers: {
    200: { description: 'The explanation; recipients masked for viewers.', schema: explanationSchema },
  },
  async handle({ params: { stopId, ...ref }, caller, now }, { db, config: { temporalUi } }) {
    const facts = await readRouteFacts(db, ref, now)
    if (facts === null) throw noSuchRoute(ref)
    const stored = await storedStory(db, ref, stopId)
    if (stored === null) throw new ApiProblem('not_found', `There is no stop "${stopId}" on route "${ref.routeId}".`)
    const { timeZone, timeFormat, arrivals } = facts.settings
    const notTold = notToldOf(facts).filter((entry) => entry.stopId === stopId)
    const story = { ...stored, notTold, dwellSeconds: arrivals.dwellSeconds }
    const entries = explainStop(story, { zone: timeZone, timeFormat }, masksFor(caller))
    return {
      status: 200,
      body: {
        stopId,
        ...(temporalUi !== null &&
          facts.route.confirmedAt !== null && {
            temporalUrl: `${temporalUi}/workflows/${encodeURIComponent(workflowIdOf(ref))}`,
          }),
        entries: entries.map(({ at, ...entry }) => ({ at: isoOrNone(at), ...entry })),
      },
    }
  },
})
