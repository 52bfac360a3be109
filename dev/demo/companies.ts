import { events } from '../../domain/words'
import type { Caller } from '../caller'

export const acme = { id: 'acme', zone: 'America/Chicago' }
export const lakeside = { id: 'lakeside', zone: 'America/New_York' }
export const zones: Record<string, string> = { [acme.id]: acme.zone, [lakeside.id]: lakeside.zone }

/** The customers by the name under which the story speaks of them. */
export const people = {
  Ann: { contract: 'C-1001', sms: '+15125550101', email: 'ann@example.com' },
  Bob: { contract: 'C-1002', sms: '+15125550102' },
  Cleo: { contract: 'C-1003', email: 'cleo@example.com' },
  Dan: { contract: 'C-1004', sms: '+15125550104' },
  Eve: { contract: 'C-1005', sms: '+15125550105' },
  Finn: { contract: 'C-1006', sms: '+15125550106' },
  Hank: { contract: 'C-1008', sms: '+15125550108', email: 'hank@example.com' },
  Ida: { contract: 'C-1009', sms: '+15125550109', email: 'ida@example.com' },
  Lou: { contract: 'L-77', sms: '+12125550177', email: 'lou@example.com' },
} as const satisfies Record<string, { contract: string; sms?: string; email?: string }>

export type Person = keyof typeof people

const everythingOn = Object.fromEntries(events.map((event) => [event, { enabled: true }]))

/** Two stores with their own zones and rules, their trucks, and their customers' contracts. */
export async function setUpCompanies({ call, put, linkGps }: Caller): Promise<void> {
  await call('PUT', '/companies/acme', { name: 'Acme Rentals', phone: '512-555-0100' })
  await put('acme', '/settings', {
    customerNotifications: true,
    smsEnabled: true,
    timeZone: acme.zone,
    events: everythingOn,
  })
  await put('acme', '/trucks/T1', { name: 'Truck 1', device: null })
  await put('acme', '/trucks/T2', { name: 'Truck 2', device: { vendor: 'generic', deviceId: 'gps-2' } })
  await linkGps('acme')

  await call('PUT', '/companies/lakeside', { name: 'Lakeside Linen', phone: '212-555-0100' })
  await put('lakeside', '/settings', {
    customerNotifications: true,
    smsEnabled: true,
    timeZone: lakeside.zone,
    timeFormat: '24h',
    events: everythingOn,
    confirmation: { leadBusinessDays: 1 },
  })
  await put('lakeside', '/trucks/V1', { name: 'Van 1', device: null })

  for (const [name, { contract, ...ways }] of Object.entries(people)) {
    const company = contract.startsWith('L-') ? 'lakeside' : 'acme'
    const deliveryNotifications = Object.entries(ways).map(([method, address]) => ({ method, address, events }))
    await put(company, `/contracts/${contract}`, { customer: { name }, deliveryNotifications })
  }
  // A customer whom nobody can tell: a contract without delivery notifications.
  await put('acme', '/contracts/C-1007', { customer: { name: 'Gus' }, deliveryNotifications: [] })
}
