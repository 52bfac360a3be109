import { startPostgres } from '../dev/postgres/startPostgres'
import { connectDatabase } from '../db/connect'
import { migrate } from '../db/migrate'
import { putCompany } from '../db/companies'
import { putContract } from '../db/contracts'
import { putRoute } from '../db/putRoute'
import { setRouteStatus } from '../db/routes'
import { takeRouteFacts } from '../db/routeFacts'
import { savePlan } from '../db/savePlan'
import { planRoute } from '../domain/planRoute'
import { saveSettings } from '../db/settingsVersions'
import { defaultSettings } from '../domain/settings'
async function main() {
  const pg = await startPostgres()
  const db = connectDatabase(await pg.createDatabase('prof'))
  await migrate(db)
  await putCompany(db, { companyId: 'c', name: 'n', phone: null, website: null, country: 'US' })
  await db.transaction((t) => saveSettings(t, 'c', { ...defaultSettings, customerNotifications: true, smsEnabled: true }, { changedBy: 'x' }))
  await putContract(db, 'c', { number: 'C1', customer: { name: 'a' }, fields: {}, deliveryNotifications: [{ method: 'sms', address: '+15125550101', events: ['confirmed', 'arrived'], onlyIfTextFails: false }] })
  const at = Date.now() + 86400000 * 7
  await db.transaction(async (t) => {
    await putRoute(t, 'c', { routeId: 'r', name: 'r', serviceDate: new Date(at).toISOString().slice(0, 10), truckId: null, driverName: null, stops: Array.from({ length: 10 }, (_, i) => ({ stopId: `s${i}`, kind: 'delivery' as const, scheduledAt: at, address: 'x', timeZone: null, location: null, geofenceId: null, contractNumbers: ['C1'] })) })
    await setRouteStatus(t, { companyId: 'c', routeId: 'r' }, 'confirmed', { confirmedAt: Date.now(), confirmation: 1 })
  })
  const ref = { companyId: 'c', routeId: 'r' }
  const time = async (name: string, f: () => Promise<unknown>, n = 200) => { for (let i = 0; i < 20; i++) await f(); const b = performance.now(); for (let i = 0; i < n; i++) await f(); console.log(name, ((performance.now() - b) / n).toFixed(2), 'ms') }
  await time('empty transaction', () => db.transaction(async () => {}))
  await time('select 1', () => db.raw('select 1'))
  await time('facts', () => db.transaction((t) => takeRouteFacts(t, ref, Date.now())))
  const facts = await db.transaction((t) => takeRouteFacts(t, ref, Date.now()))
  for (let i=0;i<1;i++) await time('plan', async () => planRoute(facts!, Date.now(), { sms: true, email: true }), 2000)
  await time('facts+plan+save', () => db.transaction(async (t) => { const f = await takeRouteFacts(t, ref, Date.now()); const p = planRoute(f!, Date.now(), { sms: true, email: true }); await savePlan(t, ref, f!, p) }))
  await db.destroy(); await pg.stop()
}
main()
