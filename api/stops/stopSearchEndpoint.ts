import { z } from 'zod'
import { currentSettings } from '../../db/settingsVersions'
import { type FoundStop, searchStops } from '../../db/stopSearch'
import { addDays, dateOf } from '../../domain/schedule/zonedTime'
import { stopKinds, stopStatuses } from '../../domain/words'
import { type Caller, readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { searchedRecipient } from '../notifications/notificationQuery'
import { companyPath, instantOut, isoOrNone, text } from '../schemas/common'
import { masksFor } from '../schemas/masking'

const mostStops = 50
/** Street addresses have no index, and nobody asks for a stop of last month by its street. */
const addressDays = 14

const foundStop = z
  .strictObject({
    routeId: z.string(),
    routeName: z.string(),
    serviceDate: z.iso.date(),
    stopId: z.string(),
    kind: z.enum(stopKinds),
    status: z.enum(stopStatuses),
    scheduledAt: instantOut,
    address: z.string(),
    contracts: z.array(z.strictObject({ number: z.string(), customer: z.strictObject({ name: z.string() }) })),
  })
  .meta({ id: 'FoundStop' })

export const stopSearchEndpoint = defineEndpoint({
  method: 'get',
  path: '/v1/companies/{companyId}/stops',
  tag: 'Stops',
  summary: 'Find the stops of a customer',
  description:
    'By a part of the customer’s name, the contract’s number or the street address (of the last ' +
    `${addressDays} days and of what is ahead), or by how the number or email address begins at which they are told. Whoever ` +
    `sees names and recipients masked gives the whole of one. At most ${mostStops}, the nearest to now first.`,
  access: { roles: readers },
  params: companyPath,
  query: z.strictObject({ q: text(200).pipe(z.string().min(2, 'must have at least 2 characters')) }),
  answers: {
    200: {
      description: 'What was found; names masked for viewers.',
      schema: z.strictObject({ items: z.array(foundStop) }).meta({ id: 'FoundStops' }),
    },
  },
  async handle({ params: { companyId }, query: { q }, caller, now }, { db }) {
    const { country } = await companyOr404(db, companyId)
    const { settings } = await currentSettings(db, companyId)
    const found = await searchStops(db, companyId, {
      words: q,
      wholeName: masksFor(caller).hides,
      recipient: searchedRecipient(q, country, caller) ?? { whole: q },
      addressesFrom: addDays(dateOf(now, settings.timeZone), -addressDays),
      now,
      limit: mostStops,
    })
    return { status: 200, body: { items: found.map((stop) => shownStop(stop, caller)) } }
  },
})

function shownStop({ scheduledAt, contracts, ...stop }: FoundStop, caller: Caller): z.input<typeof foundStop> {
  const show = masksFor(caller)
  return {
    ...stop,
    scheduledAt: isoOrNone(scheduledAt) ?? '',
    contracts: contracts.map(({ number, customerName }) => ({ number, customer: { name: show.name(customerName) } })),
  }
}
