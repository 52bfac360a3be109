import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { recordAudit } from '../../db/audit'
import { insertDriverLink, revokeDriverLinks } from '../../db/driverLinks'
import { currentSettings } from '../../db/settingsVersions'
import { ApiProblem } from '../../domain/errors'
import { addDays, instantAt } from '../../domain/schedule/zonedTime'
import { dispatchers } from '../auth/caller'
import { hashOf, newDriverToken } from '../auth/keys'
import { defineEndpoint } from '../http/endpoint'
import { refusePassedDate } from '../routes/confirmRoute'
import { routeOr404 } from '../routes/readRoute'
import { routePath } from '../routes/routeBody'
import { instantOut } from '../schemas/common'

const path = '/v1/companies/{companyId}/routes/{routeId}/driver-link'
const tag = 'Driver'
/** A truck that is late comes home after midnight. */
const graceMs = 12 * 3_600_000

export const driverLinkEndpoints = [
  defineEndpoint({
    method: 'post',
    path,
    tag,
    summary: 'Make a link to the driver’s page of a route',
    description:
      'Whoever has it sees the route and reports about its stops, until 12 hours after the service date has ended in the ' +
      'company’s zone, or until the links of the route are revoked. Send it to the driver alone.',
    access: { roles: dispatchers },
    params: routePath,
    secretAnswer: true,
    answers: {
      201: {
        description: 'The link, shown once.',
        schema: z.strictObject({ url: z.string(), expiresAt: instantOut }).meta({ id: 'DriverLink' }),
      },
    },
    errors: ['service_date_passed'],
    async handle({ params: ref, caller, now }, { db, config }) {
      const { serviceDate } = await routeOr404(db, ref)
      const { settings } = await currentSettings(db, ref.companyId)
      refusePassedDate({ serviceDate }, now, settings.timeZone)
      const token = newDriverToken()
      const expiresAt = instantAt(addDays(serviceDate, 1), '00:00', settings.timeZone) + graceMs
      await db.transaction(async (trx) => {
        const link = { ...ref, id: randomUUID(), expiresAt, tokenHash: hashOf(token), createdBy: caller.name }
        await insertDriverLink(trx, link)
        const { companyId, routeId: subject } = ref
        await recordAudit(trx, { companyId, by: caller, action: 'driver_link.created', subject })
      })
      const url = `${config.publicUrl}/d/${token}`
      return { status: 201, body: { url, expiresAt: new Date(expiresAt).toISOString() } }
    },
  }),
  defineEndpoint({
    method: 'delete',
    path,
    tag,
    summary: 'Revoke every link to the driver’s page of a route',
    access: { roles: dispatchers },
    params: routePath,
    answers: { 204: { description: 'None of them works any more.' } },
    async handle({ params: ref, caller }, { db }) {
      await routeOr404(db, ref)
      await db.transaction(async (trx) => {
        if (!(await revokeDriverLinks(trx, ref)))
          throw new ApiProblem('not_found', `Route "${ref.routeId}" has no link that works.`)
        const { companyId, routeId: subject } = ref
        await recordAudit(trx, { companyId, by: caller, action: 'driver_link.revoked', subject })
      })
      return { status: 204 }
    },
  }),
]
