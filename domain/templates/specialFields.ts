import type { ContractRecord, RouteRecord, StopRecord } from '../facts'
import type { Window } from '../schedule/toldWindow'
import type { Settings } from '../settings'
import { type Eta, etaOf } from './eta'

/** The closed list of special fields with what each one shows. NAME is 1 or more of `A–Z a–z 0–9 _`. */
export const specialFields = {
  'company.name': 'Name of the company',
  'company.phone': 'Phone number of the company, as the company wrote it',
  'contract.number': 'Number of the contract; of several, the first',
  'contract.numbers': 'Numbers of all contracts that the message is about, e.g. C-10482, C-10483',
  'customer.name': 'Name of the customer on the contract',
  'stop.kind': 'delivery or pickup',
  'stop.address': 'Address of the stop',
  'eta.date': 'Day of the told window, e.g. Wed, Dec 2',
  'eta.start': 'Start of the told window, e.g. 12:30 PM',
  'eta.end': 'End of the told window, e.g. 1:30 PM',
  'eta.range': 'The told window, e.g. 12:30 PM - 1:30 PM',
  'driver.name': 'Name of the driver',
  'truck.name': 'Name of the truck',
  'route.name': 'Name of the route',
  'contract.fields.NAME': 'The field NAME of the contract, whatever the contract carries',
} as const satisfies Record<string, string>

/** What is filled in. Null or blank: no value, so a template shows its fallback or nothing. */
export interface SpecialFields {
  company: { name: string | null; phone: string | null }
  contract: { number: string | null; numbers: string | null; fields: Record<string, string> }
  customer: { name: string | null }
  stop: { kind: string | null; address: string | null }
  eta: Eta
  driver: { name: string | null }
  truck: { name: string | null }
  route: { name: string | null }
}

export interface SpecialFieldsInput {
  company: { name: string; phone: string | null }
  /** The first contract of the recipient: its fields fill the message. */
  contract: Pick<ContractRecord, 'number' | 'customerName' | 'fields'> | null
  /** Every contract that the message is about. */
  contractNumbers: readonly string[]
  stop: Pick<StopRecord, 'kind' | 'address'> | null
  window: Window | null
  route: Pick<RouteRecord, 'name'>
  driver: { name: string } | null
  truck: { name: string } | null
  /** IANA name: the stop's zone if it has one, else the company's. */
  zone: string
  timeFormat: Settings['timeFormat']
}

/** Special fields of one message. Rule: "What is said". */
export function specialFieldsOf(input: SpecialFieldsInput): SpecialFields {
  return {
    company: { name: input.company.name, phone: input.company.phone },
    contract: {
      number: input.contract?.number ?? null,
      numbers: input.contractNumbers.join(', '),
      fields: input.contract?.fields ?? {},
    },
    customer: { name: input.contract?.customerName ?? null },
    stop: { kind: input.stop?.kind ?? null, address: input.stop?.address ?? null },
    eta: etaOf(input.window, input.zone, input.timeFormat),
    driver: { name: input.driver?.name ?? null },
    truck: { name: input.truck?.name ?? null },
    route: { name: input.route.name },
  }
}

/** Every field without a value. */
export const noFields: SpecialFields = {
  company: { name: null, phone: null },
  contract: { number: null, numbers: null, fields: {} },
  customer: { name: null },
  stop: { kind: null, address: null },
  eta: { date: null, start: null, end: null, range: null },
  driver: { name: null },
  truck: { name: null },
  route: { name: null },
}
