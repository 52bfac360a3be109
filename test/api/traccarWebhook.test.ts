import { fixture } from '../fixtures/fixture'
import { refusesStrangers, useWebhook } from './useWebhook'

const secret = 'a long secret that Traccar sends'
const truckDevice = '867963021234567'
const named = (name: string, changes?: Record<string, unknown>) => fixture(`traccar/${name}`, changes)

describe('Traccar’s webhook', () => {
  const scene = useWebhook('traccar', secret, truckDevice, (_raw, by) => ({ Authorization: `Bearer ${by}` }))
  const { api, path, send, post, link, visits, outcomes, outbox } = scene

  refusesStrangers(scene, named('geofenceEnter'))

  test.each([
    ['another secret', `Bearer ${secret}!`],
    ['the secret in another scheme', `Basic ${secret}`],
    ['no secret', 'Bearer'],
  ])('with %s is refused', async (_what, authorization) => {
    const { status, body } = await post({ body: named('geofenceEnter'), headers: { Authorization: authorization } })
    expect([status, body.code]).toEqual([401, 'invalid_signature'])
    expect([await visits(), await outbox()]).toEqual([[], []])
  })

  test('of another vendor’s integration is refused, even with that one’s secret', async () => {
    const generic = Buffer.alloc(24, 3).toString('base64')
    await api.call('PUT', path('/integrations/generic'), { body: { webhookSecret: generic } })
    expect((await send(named('geofenceEnter'), { by: generic })).status).toBe(401)
    await api.call('DELETE', path('/integrations/traccar'))
    expect((await send(named('geofenceEnter'))).status).toBe(401)
  })

  test('finds the stop by the geofence’s name or by its id', async () => {
    expect((await send(named('geofenceEnter'))).body).toEqual({ outcome: 'counted' })
    await send(named('geofenceExit', { 'geofence.name': 'somewhere', 'geofence.id': 'site' }))
    const known = { source: 'traccar', outcome: 'counted', device_id: truckDevice, route_id: 'r1' }
    expect(await visits()).toEqual([
      { ...known, kind: 'enter', stop_id: 's1', geofence_id: 'yard' },
      { ...known, kind: 'exit', stop_id: 's2', geofence_id: 'site' },
    ])
    expect(await outbox()).toEqual([
      ['r1', 'arrived', 's1', 'traccar'],
      ['r1', 'departed', 's2', 'traccar'],
    ])
  })

  test('replayed changes nothing', async () => {
    const entry = named('geofenceEnter')
    expect([(await send(entry)).body.outcome, (await send(entry)).body.outcome]).toEqual(['counted', 'repeated'])
    expect([(await visits()).length, (await outbox()).length]).toEqual([1, 1])
  })

  test('a crossing on a poor GPS fix, or of what is not known, is recorded and ignored', async () => {
    for (const changes of [
      { 'event.id': 1, 'position.accuracy': 100.5 },
      { 'event.id': 2, 'position.accuracy': 100 },
      { 'event.id': 3, 'device.uniqueId': '1' },
      { 'event.id': 4, geofence: undefined },
      { 'event.id': 5, geofence: undefined, 'event.geofenceId': 0 },
    ])
      expect((await send(named('geofenceEnter', changes))).status).toBe(202)
    expect(await outcomes()).toEqual([
      ['enter', 'inaccurate', 'r1', 's1'],
      ['enter', 'counted', 'r1', 's1'],
      ['enter', 'unknown_device', null, null],
      ['enter', 'no_stop', 'r1', null],
      ['enter', 'no_stop', 'r1', null],
    ])
    expect(await outbox()).toEqual([['r1', 'arrived', 's1', 'traccar']])
  })

  test('of a device that is linked as another vendor’s is unknown', async () => {
    await link({ vendor: 'samsara', deviceId: truckDevice })
    await send(named('geofenceEnter'))
    expect(await outcomes()).toEqual([['enter', 'unknown_device', null, null]])
    // The route hears of the link alone.
    expect(await outbox()).toEqual([['r1', 'planChanged', undefined, 'dispatch']])
  })

  test.each(['geofenceCrossed', 'deviceOnline'])('of the type "%s" is accepted and ignored', async (name) => {
    expect((await send(named(name))).body).toEqual({ outcome: 'ignored' })
    expect([await visits(), await outbox()]).toEqual([[], []])
  })
})
