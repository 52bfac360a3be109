import type { Knex } from 'knex'
import { putCompany } from '../../db/companies'
import { recordConsent } from '../../db/consents'
import { putContract } from '../../db/contracts'
import { putRoute } from '../../db/putRoute'
import { saveSettings } from '../../db/settingsVersions'
import type { RouteRef } from '../../domain/routeWorkflow'
import { dateOf } from '../../domain/schedule/zonedTime'
import { next, settingsWith, zone } from '../setup/scene'

/**
 * A route of next Wednesday 13:00 in Chicago: a text for each event to one number, and one for `confirmed` to a number
 * that opted out. Gives the Tuesday 10:00 before it.
 */
export async function seedRoute(db: Knex, { companyId, routeId }: RouteRef): Promise<string> {
  const tuesday = next(Date.now(), 2, '10:00')
  const at = next(tuesday, 3, '13:00')
  await putCompany(db, { companyId, name: 'Acme', phone: null, website: null, country: 'US' })
  await db.transaction((trx) => saveSettings(trx, companyId, settingsWith(), { changedBy: 'test' }))
  await putContract(db, companyId, {
    number: 'C1',
    customer: { name: 'Ann' },
    fields: {},
    deliveryNotifications: [
      { method: 'sms', address: '+15125550101', events: ['confirmed', 'arrived', 'departed'], onlyIfTextFails: false },
      { method: 'sms', address: '+15125550102', events: ['confirmed'], onlyIfTextFails: false },
    ],
  })
  await recordConsent(db, { companyId, channel: 'sms', address: '+15125550102', action: 'revoked', source: 'staff' })
  const stop = {
    stopId: 's1',
    kind: 'delivery',
    scheduledAt: at,
    address: '1 Main St',
    contractNumbers: ['C1'],
  } as const
  await db.transaction((trx) =>
    putRoute(trx, companyId, {
      routeId,
      name: 'North',
      serviceDate: dateOf(at, zone),
      truckId: null,
      driverName: null,
      stops: [{ ...stop, contractNumbers: ['C1'], timeZone: null, location: null, geofenceId: null }],
    }),
  )
  return new Date(tuesday).toISOString()
}
