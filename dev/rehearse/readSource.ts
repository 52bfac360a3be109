import { getCompany } from '../../db/companies'
import { connectDatabase } from '../../db/connect'
import { optedOut } from '../../db/consents'
import { getContract } from '../../db/contracts'
import { getRoute } from '../../db/routeViews'
import { currentSettings } from '../../db/settingsVersions'
import { recipientKey } from '../../domain/recipients'
import type { RouteRef } from '../../domain/routeWorkflow'

export type Source = Awaited<ReturnType<typeof readSource>>

/** Reads all that a rehearsal of a route needs from the database of `DATABASE_URL`; writes nothing there. */
export async function readSource(databaseUrl: string, ref: RouteRef) {
  const db = connectDatabase(databaseUrl, { poolSize: 2, applicationName: 'dispatch-notifications rehearsal' })
  try {
    const company = await getCompany(db, ref.companyId)
    if (company === null)
      throw new Error(`rehearse: there is no company "${ref.companyId}" in that database; check --company.`)
    const route = await getRoute(db, ref)
    if (route === null)
      throw new Error(`rehearse: company "${ref.companyId}" has no route "${ref.routeId}"; check --route.`)
    const stops = route.stops.filter(({ status }) => status !== 'cancelled')
    const numbers = [...new Set(stops.flatMap(({ contractNumbers }) => contractNumbers))]
    const found = await Promise.all(numbers.map((number) => getContract(db, ref.companyId, number)))
    const contracts = found.filter((contract) => contract !== null)
    const recipients = contracts.flatMap(({ deliveryNotifications }) =>
      deliveryNotifications.map(({ method, address }) => ({ channel: method, address })),
    )
    const { settings } = await currentSettings(db, ref.companyId)
    const out = await optedOut(db, ref.companyId, recipients)
    return {
      company,
      settings,
      route: { ...route, stops },
      contracts,
      optedOut: recipients.filter((recipient) => out.has(recipientKey(recipient))),
    }
  } finally {
    await db.destroy()
  }
}
