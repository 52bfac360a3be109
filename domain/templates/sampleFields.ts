import type { Settings } from '../settings'
import { type SpecialFields, specialFieldsOf } from './specialFields'

/**
 * A realistic stop, on the long side, for warnings and for trying a template out: of the widest day and time in the
 * format of `settings`. A contract's own fields are unknown here and stay empty.
 */
export function sampleFields({ timeFormat }: Pick<Settings, 'timeFormat'>): SpecialFields {
  return specialFieldsOf({
    company: { name: 'Lone Star Rentals', phone: '(512) 555-0100' },
    contract: { number: 'C-104820', customerName: 'Alexandra Johnson', fields: {} },
    contractNumbers: ['C-104820'],
    stop: { kind: 'delivery', address: '1200 South Congress Avenue, Austin, TX 78704' },
    window: { start: Date.UTC(2026, 11, 16, 10, 30), end: Date.UTC(2026, 11, 16, 11, 30) },
    route: { name: 'North 2' },
    driver: { name: 'Michael' },
    truck: { name: 'Truck 14' },
    zone: 'UTC',
    timeFormat,
  })
}
