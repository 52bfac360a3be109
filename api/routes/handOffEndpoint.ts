import { z } from 'zod'
import { handOffsOfRoute } from '../../db/handOffViews'
import { readRouteFacts } from '../../db/routeFacts'
import { handOffActions, handOffOutcomes, handOffStates } from '../../domain/facts'
import { handOffStatus } from '../../domain/handOffStatus'
import { deviceVendors } from '../../domain/words'
import { readers } from '../auth/caller'
import { defineEndpoint } from '../http/endpoint'
import { instantOut, isoOrNone } from '../schemas/common'
import { noSuchRoute } from './readRoute'
import { routePath } from './routeBody'

const attemptSchema = z.strictObject({
  at: instantOut,
  action: z.enum(handOffActions),
  outcome: z.enum(handOffOutcomes).optional().meta({ description: 'Absent while the call runs.' }),
  code: z.string().optional(),
  message: z.string().optional(),
})

const handOffSchema = z
  .strictObject({
    state: z
      .enum(['none', ...handOffStates])
      .meta({ description: '`none`: no vendor is told of it; `text` says why.' }),
    text: z.string().meta({ description: 'A sentence.' }),
    dueAt: instantOut.optional().meta({ description: 'When a vendor is called next, if nothing changes.' }),
    handOffs: z
      .array(
        z.strictObject({
          vendor: z.enum(deviceVendors),
          deviceId: z.string(),
          state: z.enum(handOffStates),
          vendorRouteId: z.string().optional().meta({ description: 'The vendor’s own id of the route.' }),
          attempts: z.array(attemptSchema),
        }),
      )
      .meta({ description: 'What vendors were told of the route and what they answered, the oldest first.' }),
  })
  .meta({ id: 'HandOff' })

export const handOffEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/companies/{companyId}/routes/{routeId}/hand-off',
  tag: 'Routes',
  summary: 'Read how a route stands with the vendor of its truck’s device',
  description: 'Whether the route was handed off to telematics, when it will be, or why it is not; with every call.',
  access: { roles: readers },
  params: routePath,
  answers: { 200: { description: 'The hand-off.', schema: handOffSchema } },
  async handle({ params, now }, { db }) {
    const facts = await readRouteFacts(db, params, now)
    if (facts === null) throw noSuchRoute(params)
    const handOffs = await handOffsOfRoute(db, params)
    const { state, text, dueAt } = handOffStatus(facts, handOffs.some(isWithdrawn), now)
    const due = isoOrNone(dueAt)
    return {
      status: 200,
      body: {
        state,
        text,
        ...(due !== undefined && { dueAt: due }),
        handOffs: handOffs.map(({ vendor, deviceId, vendorRouteId, attempts, ...handOff }) => ({
          vendor,
          deviceId,
          state: handOff.state,
          ...(vendorRouteId !== null && { vendorRouteId }),
          attempts: attempts.map(({ at, action, outcome, code, message }) => ({
            at: isoOrNone(at) ?? '',
            action,
            ...(outcome !== null && { outcome }),
            ...(code !== null && { code }),
            ...(message !== null && { message }),
          })),
        })),
      },
    }
  },
})

function isWithdrawn({ state }: { state: string }): boolean {
  return state === 'withdrawn'
}
