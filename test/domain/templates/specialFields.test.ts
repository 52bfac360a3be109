import { fillIn } from '../../../domain/templates/fillIn'
import { noFields, specialFields } from '../../../domain/templates/specialFields'
import { someFields } from './someFields'

const window = (start: string, end: string) => ({ start: Date.parse(start), end: Date.parse(end) })

describe('the special fields of a message', () => {
  test('show the told window on the clock of the stop, in plain characters', () => {
    expect(someFields().eta).toEqual({
      date: 'Wed, Dec 2',
      start: '12:30 PM',
      end: '1:30 PM',
      range: '12:30 PM - 1:30 PM',
    })
  })

  test('show hours from 00 to 23 where the company wants 24h', () => {
    const { eta } = someFields({ timeFormat: '24h', window: window('2026-12-02T06:05:00Z', '2026-12-02T19:30:00Z') })
    expect(eta).toMatchObject({ start: '00:05', end: '13:30', range: '00:05 - 13:30' })
  })

  test('call midnight 12 AM and noon 12 PM', () => {
    const { eta } = someFields({ window: window('2026-12-02T06:00:00Z', '2026-12-02T18:00:00Z') })
    expect(eta.range).toBe('12:00 AM - 12:00 PM')
  })

  test('take the day from the zone too', () => {
    const late = window('2026-12-02T18:30:00Z', '2026-12-02T19:30:00Z')
    expect(someFields({ window: late, zone: 'Asia/Tokyo' }).eta).toMatchObject({ date: 'Thu, Dec 3', start: '3:30 AM' })
    expect(someFields({ window: late, zone: 'Asia/Kathmandu' }).eta).toMatchObject({ start: '12:15 AM' })
  })

  test('name the wall clock on both sides of a change of the clocks', () => {
    const { eta } = someFields({ window: window('2026-11-01T06:30:00Z', '2026-11-01T07:30:00Z') })
    expect(eta.range).toBe('1:30 AM - 1:30 AM')
  })

  test('have no value where nothing is known', () => {
    const nothing = { contract: null, contractNumbers: [], stop: null, window: null, driver: null, truck: null }
    const fields = someFields({ ...nothing, company: { name: '', phone: null }, route: { name: '' } })
    for (const name of Object.keys(specialFields)) expect(fillIn(`[{{ ${name} }}]`, fields)).toBe('[]')
    expect(Object.keys(noFields)).toEqual(Object.keys(fields))
  })

  test('list every contract, and take the rest from the first', () => {
    expect(someFields().contract).toEqual({ number: 'C-1', numbers: 'C-1, C-2', fields: { gate: '4711' } })
  })
})
