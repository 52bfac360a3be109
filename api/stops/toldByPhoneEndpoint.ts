import { z } from 'zod'
import { recordAudit } from '../../db/audit'
import { lockRoute } from '../../db/routes'
import { stopsOfRoute } from '../../db/stops'
import { insertToldByPhone } from '../../db/toldByPhone'
import { ApiProblem } from '../../domain/errors'
import { events } from '../../domain/words'
import { dispatchers } from '../auth/caller'
import { defineEndpoint } from '../http/endpoint'
import { noSuchRoute } from '../routes/readRoute'
import { routePath } from '../routes/routeBody'
import { callersId, instantOut, isoOrNone } from '../schemas/common'

const body = z.strictObject({ contractNumber: callersId, event: z.enum(events) }).meta({ id: 'ToldByPhoneBody' })

export const toldByPhoneEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/companies/{companyId}/routes/{routeId}/stops/{stopId}/told-by-phone',
  tag: 'Stops',
  summary: 'Record that a person told the customer by phone',
  description:
    'With who and when, in the explanation of the stop. Sends nothing, and changes nothing that is to be sent.',
  access: { roles: dispatchers },
  params: routePath.extend({ stopId: callersId }),
  body,
  answers: {
    201: {
      description: 'As recorded.',
      schema: body.extend({ toldBy: z.string(), toldAt: instantOut }).meta({ id: 'ToldByPhone' }),
    },
  },
  async handle({ params: { stopId, ...ref }, body: { contractNumber, event }, caller, now }, { db }) {
    await db.transaction(async (trx) => {
      if ((await lockRoute(trx, ref)) === null) throw noSuchRoute(ref)
      const stop = (await stopsOfRoute(trx, ref)).find((each) => each.stopId === stopId)
      if (stop === undefined)
        throw new ApiProblem('not_found', `There is no stop "${stopId}" on route "${ref.routeId}".`)
      if (!stop.contractNumbers.includes(contractNumber)) {
        const message = `must be a contract of the stop: ${stop.contractNumbers.join(', ')}; is "${contractNumber}"`
        throw new ApiProblem('invalid_request', `contractNumber ${message}.`, [{ path: 'contractNumber', message }])
      }
      await insertToldByPhone(trx, ref, stopId, { contractNumber, event, at: now, by: caller })
      await recordAudit(trx, {
        companyId: ref.companyId,
        by: caller,
        action: 'stop.told_by_phone',
        subject: `${ref.routeId}/${stopId}`,
        changes: [
          { path: 'contractNumber', to: contractNumber },
          { path: 'event', to: event },
        ],
      })
    })
    return { status: 201, body: { contractNumber, event, toldBy: caller.name, toldAt: isoOrNone(now) } }
  },
})
