import { z } from 'zod'
import { recordAudit } from '../../db/audit'
import { currentSettings } from '../../db/settingsVersions'
import { getTruck, listTrucks, liveRoutesOfTruck, putTruck, type Truck } from '../../db/trucks'
import { changesBetween } from '../../domain/audit'
import { ApiProblem } from '../../domain/errors'
import { dateOf } from '../../domain/schedule/zonedTime'
import { deviceVendors } from '../../domain/words'
import { dispatchers, readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { pageOf, pageQuery } from '../http/page'
import { nudgeRoutes } from '../outbox/nudgeRoutes'
import { callersId, companyPath, instantOut, isoOrNone, text } from '../schemas/common'

const device = z.strictObject({ vendor: z.enum(deviceVendors), deviceId: text(200) })

const truckBody = z
  .strictObject({
    name: text(200).meta({ description: '`truck.name` in messages.' }),
    device: device.nullable().meta({
      description: 'The GPS device whose geofence events say when the truck arrives; null leaves that to the driver.',
    }),
  })
  .meta({ id: 'TruckBody' })

const truckSchema = z
  .strictObject({
    truckId: callersId,
    name: z.string(),
    device: device.nullable(),
    deviceLastEventAt: instantOut.optional().meta({ description: 'When the device was last heard of.' }),
  })
  .meta({ id: 'Truck' })

const listedTruck = truckSchema
  .extend({
    liveRoute: z.strictObject({ routeId: callersId, name: z.string() }).optional().meta({
      description: 'The confirmed or running route of today that it is on; of several the one that begins first.',
    }),
  })
  .meta({ id: 'ListedTruck' })

const truckPath = companyPath.extend({ truckId: callersId })

function shownTruck({ truckId, name, device, deviceLastEventAt }: Truck): z.input<typeof truckSchema> {
  const seenAt = isoOrNone(deviceLastEventAt)
  return { truckId, name, device, ...(seenAt !== undefined && { deviceLastEventAt: seenAt }) }
}

function auditedFields({ name, device }: Truck) {
  return { name, 'device.vendor': device?.vendor, 'device.deviceId': device?.deviceId }
}

function isThereAlready(truckId: string): ApiProblem {
  const detail = `There is a truck "${truckId}" already, and If-None-Match is *. Leave it out to replace the truck.`
  return new ApiProblem('precondition_failed', detail, [{ path: 'path.truckId', message: 'is that of another truck' }])
}

export const truckEndpoints = [
  defineEndpoint({
    method: 'get',
    path: '/v1/companies/{companyId}/trucks',
    tag: 'Trucks',
    summary: 'List the trucks by their ids',
    access: { roles: readers },
    params: companyPath,
    query: z.strictObject(pageQuery),
    answers: { 200: { description: 'A page of them.', schema: pageOf(listedTruck) } },
    async handle({ params: { companyId }, query: { limit, cursor }, now }, { db }) {
      await companyOr404(db, companyId)
      const { settings } = await currentSettings(db, companyId)
      const page = await listTrucks(db, companyId, {
        serviceDate: dateOf(now, settings.timeZone),
        limit,
        after: cursor,
      })
      const items = page.items.map(({ liveRoute, ...truck }) => ({
        ...shownTruck(truck),
        ...(liveRoute && { liveRoute }),
      }))
      return { status: 200, body: { items, nextCursor: page.next } }
    },
  }),
  defineEndpoint({
    method: 'put',
    path: '/v1/companies/{companyId}/trucks/{truckId}',
    tag: 'Trucks',
    summary: 'Create a truck or replace its name and its device',
    description:
      'Linking or unlinking a device changes the arrival source of the truck’s live routes from then on. With `If-None-Match: *` none is replaced.',
    access: { roles: dispatchers },
    params: truckPath,
    body: truckBody,
    answers: {
      200: { description: 'The truck as replaced.', schema: truckSchema },
      201: { description: 'The truck as created.', schema: truckSchema },
    },
    errors: ['device_already_linked', 'precondition_failed'],
    async handle({ params: { companyId, truckId }, body, caller, header }, api) {
      await companyOr404(api.db, companyId)
      const { outcome, nudges } = await api.db.transaction(async (trx) => {
        const outcome = await putTruck(trx, companyId, { truckId, ...body })
        if ('truck' in outcome && !outcome.created && header('if-none-match') === '*') throw isThereAlready(truckId)
        if ('truck' in outcome) {
          const changes = changesBetween(outcome.before && auditedFields(outcome.before), auditedFields(outcome.truck))
          const action = outcome.created ? 'truck.created' : 'truck.changed'
          if (changes.length > 0) await recordAudit(trx, { companyId, by: caller, action, subject: truckId, changes })
        }
        const concerned = 'truck' in outcome && !outcome.created ? await liveRoutesOfTruck(trx, companyId, truckId) : []
        return { outcome, nudges: await nudgeRoutes(trx, concerned) }
      })
      if ('conflict' in outcome) {
        const device = `Device "${body.device?.deviceId}" of ${body.device?.vendor}`
        throw new ApiProblem(
          'device_already_linked',
          `${device} is linked to truck "${outcome.truckId}". Unlink it there first.`,
          [{ path: 'device.deviceId', message: `is linked to truck "${outcome.truckId}"; unlink it there first` }],
        )
      }
      await api.forwarder.forward(nudges)
      return { status: outcome.created ? 201 : 200, body: shownTruck(outcome.truck) }
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/v1/companies/{companyId}/trucks/{truckId}',
    tag: 'Trucks',
    summary: 'Read a truck',
    access: { roles: readers },
    params: truckPath,
    answers: { 200: { description: 'The truck.', schema: truckSchema } },
    async handle({ params: { companyId, truckId } }, { db }) {
      const truck = await getTruck(db, companyId, truckId)
      if (truck === null) throw new ApiProblem('not_found', `There is no truck "${truckId}" in company "${companyId}".`)
      return { status: 200, body: shownTruck(truck) }
    },
  }),
]
