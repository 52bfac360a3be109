import fc from 'fast-check'
import { parseGenericEvent } from '../../integrations/generic-webhook/parseEvent'

const documented = {
  eventId: 'e1',
  deviceId: 'd1',
  kind: 'enter',
  occurredAt: '2026-12-02T12:59:00-06:00',
  geofenceId: 'yard',
  stopId: 's1',
  accuracyMeters: 7.5,
}
const parsed = (changes: object, webhookId = 'msg_1') =>
  parseGenericEvent(Buffer.from(JSON.stringify({ ...documented, ...changes })), webhookId)

describe('an event of the generic webhook', () => {
  test('is read as documented', () => {
    expect(parsed({ more: { than: 'needed' } })).toEqual({
      event: {
        provider: 'generic',
        eventId: 'e1',
        deviceId: 'd1',
        kind: 'enter',
        occurredAt: Date.parse('2026-12-02T18:59:00Z'),
        geofenceIds: ['yard'],
        stopId: 's1',
        accuracyMeters: 7.5,
      },
    })
  })

  test('may leave out, or say as null or as a number, what it does not know better', () => {
    expect(parsed({ deviceId: 7, geofenceId: 12, stopId: null, accuracyMeters: null })).toMatchObject({
      event: { deviceId: '7', geofenceIds: ['12'], stopId: null, accuracyMeters: null },
    })
    expect(parsed({ geofenceId: undefined })).toMatchObject({ event: { geofenceIds: [] } })
  })

  test('without an id of its own has that of its delivery, if that is usable', () => {
    for (const eventId of [undefined, null]) expect(parsed({ eventId })).toMatchObject({ event: { eventId: 'msg_1' } })
    expect(parsed({ eventId: undefined }, 'x'.repeat(3000))).toMatchObject({ outcome: 'not_understood' })
    expect(parsed({ eventId: '' })).toMatchObject({ outcome: 'not_understood' })
  })

  test('never makes the parser throw, whatever it is', () => {
    const changed = fc
      .tuple(fc.constantFrom(...Object.keys(documented)), fc.oneof(fc.jsonValue(), fc.constantFrom('\0', '\ud800')))
      .map(([key, value]) => JSON.stringify({ ...documented, [key]: value }))
    fc.assert(
      fc.property(fc.oneof(changed, fc.json(), fc.string()), (text) => {
        const found = parseGenericEvent(Buffer.from(text), 'msg_1')
        if ('event' in found) expect(Number.isFinite(found.event.occurredAt)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })
})
