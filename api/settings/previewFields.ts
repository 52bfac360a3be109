import type { Company } from '../../db/companies'
import { getContract } from '../../db/contracts'
import type { Database } from '../../db/sql'
import { ApiProblem } from '../../domain/errors'
import { plannedWindow } from '../../domain/schedule/toldWindow'
import type { Settings } from '../../domain/settings'
import { sampleFields } from '../../domain/templates/sampleFields'
import { type SpecialFields, specialFieldsOf } from '../../domain/templates/specialFields'
import type { Caller } from '../auth/caller'
import { routeOr404 } from '../routes/readRoute'
import { masksFor } from '../schemas/masking'

/** What a preview fills in: of a stop of a route, else realistic values. Customer names are masked as everywhere. */
export async function previewFields(
  db: Database,
  company: Company,
  settings: Pick<Settings, 'etaBuffer' | 'timeZone' | 'timeFormat'>,
  { routeId, stopId }: { routeId?: string | undefined; stopId?: string | undefined },
  caller: Caller,
): Promise<SpecialFields> {
  if (routeId === undefined) {
    const sample = sampleFields(settings)
    return { ...sample, company: { name: company.name, phone: company.phone ?? sample.company.phone } }
  }
  const route = await routeOr404(db, { companyId: company.companyId, routeId })
  const stop = stopId === undefined ? route.stops[0] : route.stops.find((each) => each.stopId === stopId)
  if (stop === undefined) throw new ApiProblem('not_found', `There is no such stop on route "${routeId}".`)

  const [number] = stop.contractNumbers
  const contract = number === undefined ? null : await getContract(db, company.companyId, number)
  const show = masksFor(caller)
  return specialFieldsOf({
    company,
    contract: contract && {
      number: contract.number,
      customerName: show.name(contract.customer.name),
      fields: contract.fields,
    },
    contractNumbers: stop.contractNumbers,
    stop,
    window: plannedWindow(stop, settings.etaBuffer, settings.timeZone),
    route,
    driver: route.driverName === null ? null : { name: route.driverName },
    truck: route.truck,
    zone: stop.timeZone ?? settings.timeZone,
    timeFormat: settings.timeFormat,
  })
}
