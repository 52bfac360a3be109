import { parseArgs } from 'node:util'
import { putCompany } from '../../db/companies'
import { recordConsent } from '../../db/consents'
import { putContract } from '../../db/contracts'
import { putRoute } from '../../db/putRoute'
import { saveSettings } from '../../db/settingsVersions'
import { putTruck } from '../../db/trucks'
import type { RouteRef } from '../../domain/routeWorkflow'
import { createCaller } from '../caller'
import { clock, Narrator } from '../narrator'
import { type System, startSystem } from '../startSystem'
import { readSource, type Source } from './readSource'

const usage = `Usage: npm run rehearse -- --company C --route R [--confirmed-at 2026-12-01T10:00:00-06:00]

Plays a route's whole life in seconds: reads it from the database of DATABASE_URL, and confirms and drives a copy of it on
a PostgreSQL, a Temporal server and stand-ins of its own. Nothing is written to your database, and nobody is told anything.`

/** `npm run rehearse`: what a route's customers would be told, and when, by the real engine. */
async function rehearse(): Promise<void> {
  const { values } = parseArgs({
    options: { company: { type: 'string' }, route: { type: 'string' }, 'confirmed-at': { type: 'string' } },
  })
  const { DATABASE_URL: databaseUrl, ...environment } = process.env
  const confirmedAt = values['confirmed-at'] === undefined ? Date.now() : Date.parse(values['confirmed-at'])
  if (!values.company || !values.route || !databaseUrl || Number.isNaN(confirmedAt)) {
    throw new Error(
      `rehearse: --company, --route and the variable DATABASE_URL are needed, and an RFC 3339 moment.\n\n${usage}`,
    )
  }
  const ref = { companyId: values.company, routeId: values.route }
  const source = await readSource(databaseUrl, ref)
  // Parts of its own, whatever the environment says of the real ones.
  const own = Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('TEMPORAL_')))
  const system = await startSystem(console.log, own)
  try {
    await copyInto(system, source)
    await play(system, source, ref, confirmedAt)
  } finally {
    await system.stop()
  }
}

async function copyInto({ db }: System, { company, settings, route, contracts, optedOut }: Source): Promise<void> {
  const { companyId, truck } = route
  await db.transaction(async (trx) => {
    await putCompany(trx, company)
    await saveSettings(trx, companyId, settings, { changedBy: 'rehearsal' })
    // Without its device: the rehearsal drives by the driver's buttons.
    if (truck !== null) await putTruck(trx, companyId, { truckId: truck.truckId, name: truck.name, device: null })
    for (const contract of contracts) await putContract(trx, companyId, contract)
    for (const recipient of optedOut) {
      await recordConsent(trx, { ...recipient, companyId, action: 'revoked', source: 'rehearsal' })
    }
    await putRoute(trx, companyId, { ...route, truckId: truck?.truckId ?? null })
  })
}

/** How long the truck stays at each stop. */
const stayMs = 15 * 60_000

async function play(system: System, { settings, route }: Source, ref: RouteRef, confirmedAt: number): Promise<void> {
  const { time } = system
  const zone = settings.timeZone
  const caller = createCaller(system)
  const narrator = new Narrator(system, { [ref.companyId]: zone }, console.log)
  await time.passTo(confirmedAt)
  narrator.scene(time.now(), `Route ${ref.routeId} of ${route.serviceDate} is confirmed`, zone)
  await caller.confirm(ref.companyId, ref.routeId)
  for (const stop of [...route.stops].sort((a, b) => a.scheduledAt - b.scheduledAt)) {
    for (const [what, at] of [
      ['arrived', stop.scheduledAt],
      ['departed', stop.scheduledAt + stayMs],
    ] as const) {
      await time.passTo(at)
      await narrator.newMessages()
      narrator.scene(
        time.now(),
        `The truck has ${what === 'arrived' ? 'arrived at' : 'left'} stop ${stop.stopId}`,
        zone,
      )
      await caller.driver(ref.companyId, ref.routeId, stop.stopId, what)
    }
  }
  await time.passTo(time.now() + 60_000)
  await narrator.newMessages()

  const notifications = await narrator.notifications()
  console.log(
    `\n${notifications.filter(({ sentAt }) => sentAt !== null).length} of ${notifications.length} messages were sent. Not sent:`,
  )
  for (const { event, channel, recipient, status, reason, reasonText, sentAt, plannedAt } of notifications) {
    if (sentAt !== null) continue
    const when = plannedAt === null ? '' : ` (due ${clock(plannedAt, zone)})`
    console.log(
      `  ${event} by ${channel} to ${recipient}${when}: ${status}${reason === null ? '' : `, ${reason}: ${reasonText ?? ''}`}`,
    )
  }
}

rehearse().then(
  () => process.exit(0),
  (error) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
