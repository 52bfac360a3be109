import { createCaller } from '../../dev/caller'
import type { System } from '../../dev/startSystem'
import { seedNotification } from '../db/seed'

export const day = '2026-12-02'
const planned = new Date('2026-12-01T22:00:00Z')

/** The company acme in Chicago, with the route R1 of three stops and contracts on the day. */
export async function seedRoute(system: System): Promise<void> {
  const { call, put } = createCaller(system)
  await call('PUT', '/companies/acme', { name: 'Acme Rentals' })
  await put('acme', '/settings', {
    timeZone: 'America/Chicago',
    customerNotifications: true,
    smsEnabled: true,
    events: { confirmed: { enabled: true } },
  })
  for (const [index, number] of ['C-1', 'C-2', 'C-3'].entries())
    await put('acme', `/contracts/${number}`, {
      customer: { name: 'Ann Smith' },
      deliveryNotifications:
        number === 'C-3' ? [] : [{ method: 'sms', address: `+1312555010${index}`, events: ['confirmed'] }],
    })
  await put('acme', '/routes/R1', {
    name: 'North',
    serviceDate: day,
    stops: ['C-1', 'C-2', 'C-3'].map((number, index) => ({
      stopId: `s${index + 1}`,
      kind: 'delivery',
      scheduledAt: `2026-12-02T1${index + 4}:00:00Z`,
      address: `${index + 1} Main St`,
      contracts: [number],
    })),
  })
}

/** A message of R1, as the engine leaves it; gives its id. */
export function seedMessage(system: System, fields: Record<string, unknown>): Promise<string> {
  return seedNotification(system.db, {
    company_id: 'acme',
    route_id: 'R1',
    stop_id: 's1',
    contract_numbers: ['C-1'],
    planned_at: planned,
    settings_version: 1,
    ...fields,
  })
}

/** One call to the provider for a message. */
export async function seedAttempt(system: System, notificationId: string, fields: object): Promise<void> {
  await system.db('attempts').insert({ notification_id: notificationId, number: 1, at: planned, ...fields })
}
