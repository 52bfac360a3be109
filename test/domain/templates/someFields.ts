import { type SpecialFields, type SpecialFieldsInput, specialFieldsOf } from '../../../domain/templates/specialFields'

/** The special fields of an ordinary delivery, with what a test wants to be different. */
export function someFields(changes: Partial<SpecialFieldsInput> = {}): SpecialFields {
  return specialFieldsOf({
    company: { name: 'Acme Rentals', phone: '512-555-0100' },
    contract: { number: 'C-1', customerName: 'Ann', fields: { gate: '4711' } },
    contractNumbers: ['C-1', 'C-2'],
    stop: { kind: 'delivery', address: '12 Main St' },
    window: { start: Date.parse('2026-12-02T18:30:00Z'), end: Date.parse('2026-12-02T19:30:00Z') },
    route: { name: 'North' },
    driver: { name: 'Dan' },
    truck: { name: 'Truck 7' },
    zone: 'America/Chicago',
    timeFormat: '12h',
    ...changes,
  })
}
