import fc from 'fast-check'
import { parseTraccarEvent } from '../../integrations/traccar/parseEvent'
import { carriesSecret } from '../../integrations/traccar/verifySecret'
import { fixture } from '../fixtures/fixture'
import { anyBodyLike } from './anyBody'

describe('Traccar’s secret', () => {
  test.each([
    ['Bearer s3cret', true],
    ['bearer s3cret', true],
    ['Bearer s3cret ', false],
    ['Bearer s3cre', false],
    ['Bearer s3crett', false],
    ['Bearer S3CRET', false],
    ['Basic s3cret', false],
    ['s3cret', false],
    ['Bearer ', false],
    ['', false],
    [undefined, false],
  ])('in "%s": %s', (authorization, carried) => {
    expect(carriesSecret('s3cret', authorization)).toBe(carried)
  })

  test('may hold any letters: node gives the bytes of a header as latin1', () => {
    expect(carriesSecret('schlüssel', `Bearer ${Buffer.from('schlüssel').toString('latin1')}`)).toBe(true)
  })
})

describe('an event of Traccar', () => {
  const parsed = (name: string, changes?: Record<string, unknown>) =>
    parseTraccarEvent(Buffer.from(JSON.stringify(fixture(`traccar/${name}`, changes))))
  const enter = (changes: Record<string, unknown>) => {
    const found = parsed('geofenceEnter', changes)
    return 'event' in found ? found.event : found.outcome
  }

  test('at a geofence is a plain crossing, and names it by id and by name', () => {
    expect(parsed('geofenceEnter')).toEqual({
      event: {
        provider: 'traccar',
        eventId: '40212',
        deviceId: '867963021234567',
        kind: 'enter',
        occurredAt: Date.parse('2026-12-02T18:58:10Z'),
        geofenceIds: ['12', 'yard'],
        stopId: null,
        accuracyMeters: 8,
      },
    })
    expect(parsed('geofenceExit')).toMatchObject({ event: { eventId: '40230', kind: 'exit', accuracyMeters: null } })
  })

  test.each([
    ['the event alone', { geofence: undefined }, ['12']],
    ['the name alone', { 'geofence.id': 0, 'event.geofenceId': 0 }, ['yard']],
    ['one word for both', { 'geofence.name': '12' }, ['12']],
    ['nothing', { geofence: null, 'event.geofenceId': 0 }, []],
    ['a geofence that cannot be read', { geofence: 'yard' }, ['12']],
  ])('names its geofence by %s', (_what, changes, geofenceIds) => {
    expect(enter(changes)).toMatchObject({ geofenceIds })
  })

  test.each([
    [12.5, 12.5],
    [0, null],
    [-1, null],
    ['12', null],
    [null, null],
    [undefined, null],
  ])('with the accuracy %s is precise to %s', (given, accuracyMeters) => {
    expect(enter({ 'position.accuracy': given })).toMatchObject({ accuracyMeters })
  })

  test('without a position is as good', () => {
    expect(enter({ position: undefined })).toMatchObject({ accuracyMeters: null })
  })

  test.each(['geofenceCrossed', 'deviceOnline'])('of the type "%s" is ignored', (name) => {
    expect(parsed(name)).toMatchObject({ outcome: 'ignored' })
  })

  test.each([
    ['event.id', null],
    ['event.eventTime', 'noon'],
    ['event.eventTime', '1970-01-01T00:00:00.000+00:00'],
    ['device', undefined],
    ['device.uniqueId', 'a\u0000'],
    ['event.type', 5],
    ['event', []],
  ])('with %s = %s is not understood', (path, value) => {
    expect(enter({ [path]: value })).toBe('not_understood')
  })

  test('never makes the parser throw, whatever it is', () => {
    fc.assert(
      fc.property(anyBodyLike(['traccar/geofenceEnter', 'traccar/geofenceExit', 'traccar/deviceOnline']), (body) => {
        const found = parseTraccarEvent(body)
        if ('event' in found) expect(found.event.eventId).not.toBe('')
      }),
      { numRuns: 2000 },
    )
  })
})
