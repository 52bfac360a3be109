import { randomUUID } from 'node:crypto'
import { listen } from '../../dev/listen'
import { type SamsaraStandIn, startSamsaraStandIn } from '../../dev/samsara/startSamsaraStandIn'
import type { HandOffDocument } from '../../domain/handOffDocument'
import type { HandOffCall } from '../../domain/handOffReceiver'
import { parseSamsaraEvent } from '../../integrations/samsara/parseEvent'
import { samsaraReceiver } from '../../integrations/samsara/samsaraReceiver'

const apiToken = 'samsara_api_token'
let standIn: SamsaraStandIn
beforeAll(async () => {
  standIn = await startSamsaraStandIn({ apiToken, vehicles: ['281474', '281475'] })
})
afterAll(() => standIn.stop())
beforeEach(() => {
  standIn.clear()
  standIn.clearFaults()
})

const receiver = (changes = {}) => samsaraReceiver({ apiToken, apiUrl: standIn.url, answerMs: 300, ...changes })

const stopOf = (stopId: string, hour: number) => ({
  stopId,
  kind: 'delivery' as const,
  scheduledAt: `2026-12-02T${hour}:00:00.000Z`,
  address: `${hour} Main St`,
  location: { latitude: 30.2, longitude: -97.7 },
})

function documentWith(changes: Partial<HandOffDocument> = {}): HandOffDocument {
  const stops = [stopOf('s1', 18), stopOf('s2', 19)]
  return {
    routeId: 'r1',
    name: 'North',
    serviceDate: '2026-12-02',
    truckId: 'T1',
    deviceId: '281474',
    stops,
    ...changes,
  }
}

function callWith(changes: Partial<HandOffCall> = {}): HandOffCall {
  return {
    handOffId: randomUUID(),
    revision: 1,
    action: 'hand_over',
    document: documentWith(),
    isRepeated: false,
    ...changes,
  }
}

const methods = () => standIn.requests.map(({ method }) => method)

test('makes a route of the vehicle, in the order of the plan, with our id on each stop', async () => {
  const call = callWith()
  const answer = await receiver().tell(call)
  const [route] = standIn.routes
  expect(answer).toEqual({ outcome: 'accepted', vendorRouteId: route?.id })
  expect(route).toMatchObject({
    name: 'North',
    vehicleId: '281474',
    externalIds: { cmpRouteId: call.handOffId.replaceAll('-', '') },
    settings: { routeStartingCondition: 'arriveFirstStop', routeCompletionCondition: 'departLastStop' },
    stops: [
      {
        externalIds: { stopId: 's1' },
        sequenceNumber: 1,
        scheduledArrivalTime: '2026-12-02T18:00:00.000Z',
        singleUseLocation: { latitude: 30.2, longitude: -97.7, address: '18 Main St' },
      },
      { externalIds: { stopId: 's2' }, sequenceNumber: 2 },
    ],
  })
})

test('a stop without a location is given by the saved address that its geofence names', async () => {
  const { location: _, ...nowhere } = stopOf('s1', 18)
  const stops = [{ ...nowhere, geofenceId: '12086521' }, stopOf('s2', 19)]
  await receiver().tell(callWith({ document: documentWith({ stops }) }))
  expect(standIn.routes[0]?.stops[0]).toMatchObject({ addressId: '12086521' })
})

test('an update keeps the stops that stay, with what Samsara knows of them, adds the new and deletes the rest', async () => {
  const call = callWith()
  await receiver().tell(call)
  const before = structuredClone(standIn.routes[0])
  const stops = [stopOf('s2', 20), stopOf('s3', 21)]
  const update = { ...call, action: 'update', isRepeated: true, document: documentWith({ stops }) } as const
  expect(await receiver().tell(update)).toEqual({ outcome: 'accepted', vendorRouteId: before?.id })
  expect(standIn.routes).toHaveLength(1)
  expect(standIn.routes[0]?.stops).toMatchObject([
    { id: before?.stops[1]?.id, externalIds: { stopId: 's2' }, scheduledArrivalTime: '2026-12-02T20:00:00.000Z' },
    { externalIds: { stopId: 's3' } },
  ])
})

test('a route that somebody deleted at Samsara is made again by an update', async () => {
  expect(await receiver().tell(callWith({ action: 'update', isRepeated: true }))).toMatchObject({ outcome: 'accepted' })
  expect(methods()).toEqual(['GET', 'POST'])
})

test('a withdrawal deletes it, and one of a route that is not there has succeeded', async () => {
  const call = callWith()
  await receiver().tell(call)
  const withdrawal = { ...call, action: 'withdraw', isRepeated: true } as const
  expect(await receiver().tell(withdrawal)).toEqual({ outcome: 'accepted', vendorRouteId: null })
  expect(standIn.routes).toEqual([])
  expect(await receiver().tell(withdrawal)).toMatchObject({ outcome: 'accepted' })
})

test.each([
  ['a dropped connection', { kind: 'drop_after_accept' }],
  ['no answer in time', { kind: 'hang', accepted: true }],
  ['a server error', { kind: 'server_error', status: 502, accepted: true }],
] as const)('after %s the route is found, and no second one is made', async (_, fault) => {
  standIn.fault(fault)
  const call = callWith()
  expect(await receiver().tell(call)).toMatchObject({ outcome: 'unknown' })
  expect(await receiver().tell({ ...call, isRepeated: true })).toMatchObject({ outcome: 'accepted' })
  expect(standIn.routes).toHaveLength(1)
  expect(methods()).toEqual(['POST', 'GET', 'PATCH'])
})

test('a route that was not made after all is made by the repeated call', async () => {
  standIn.fault({ kind: 'hang' })
  const call = callWith()
  await receiver().tell(call)
  expect(await receiver().tell({ ...call, isRepeated: true })).toMatchObject({ outcome: 'accepted' })
  expect(standIn.routes).toHaveLength(1)
})

test('a route that appears between the question and the call is taken for ours, which it is', async () => {
  const call = callWith()
  await receiver().tell(call)
  standIn.fault({ kind: 'refuse', status: 404, message: 'Route does not exist.', on: 'read' })
  expect(await receiver().tell({ ...call, isRepeated: true })).toMatchObject({ outcome: 'accepted' })
  expect(standIn.routes).toHaveLength(1)
})

test('a stop id that another route has is made unique, and events still name our stop', async () => {
  await receiver().tell(callWith())
  const second = callWith({ document: documentWith({ routeId: 'r2', deviceId: '281475' }) })
  expect(await receiver().tell(second)).toMatchObject({ outcome: 'accepted' })
  expect(standIn.routes).toHaveLength(2)
  const [stop] = standIn.routes[1]?.stops ?? []
  const body = {
    eventId: randomUUID(),
    eventTime: '2026-12-02T18:00:00Z',
    eventType: 'RouteStopArrival',
    data: { time: '2026-12-02T18:00:00Z', vehicle: { id: '281475' }, routeStopDetails: { ...stop, state: 'arrived' } },
  }
  expect(parseSamsaraEvent(Buffer.from(JSON.stringify(body)))).toMatchObject({ event: { stopId: 's1' } })

  // Also when the route with unique names is changed.
  const stops = [stopOf('s2', 20), stopOf('s1', 21), stopOf('s3', 22)]
  await receiver().tell({ ...second, isRepeated: true, document: { ...second.document, stops } })
  expect(standIn.routes[1]?.stops.map(({ id }) => id)).toContain(stop?.id)
  expect(standIn.routes[1]?.stops).toHaveLength(3)
})

test('429: as late as Samsara asks, to the fraction of a second', async () => {
  standIn.fault({ kind: 'rate_limited', retryAfterSeconds: 2.40235 })
  expect(await receiver().tell(callWith())).toMatchObject({ outcome: 'try_later', retryAfterMs: 2403, code: '429' })
})

test('a wrong token, an unknown vehicle and a refused route say so in plain words', async () => {
  expect(await receiver({ apiToken: 'wrong' }).tell(callWith())).toMatchObject({
    outcome: 'refused',
    code: '401',
    message: 'Samsara answers 401: Invalid token. Check the secret.',
  })
  const document = documentWith({ deviceId: '9' })
  expect(await receiver().tell(callWith({ document }))).toMatchObject({
    outcome: 'refused',
    message: 'Samsara answers 400: Vehicle 9 does not exist.',
  })
  const [only] = documentWith().stops
  const short = documentWith({ stops: only ? [only] : [] })
  expect(await receiver().tell(callWith({ document: short }))).toMatchObject({ outcome: 'refused', code: '400' })
})

test('nothing listens: it has not heard of it', async () => {
  const gone = await listen('A server', () => {})
  await gone.stop()
  expect(await receiver({ apiUrl: gone.url }).tell(callWith())).toMatchObject({
    outcome: 'try_later',
    code: 'ECONNREFUSED',
  })
})

test('an answer that is no route leaves open what became of it', async () => {
  const odd = await listen('A proxy', (_request, response) => response.writeHead(200).end('<html>welcome</html>'))
  const answer = await receiver({ apiUrl: odd.url })
    .tell(callWith())
    .finally(() => odd.stop())
  expect(answer).toMatchObject({ outcome: 'unknown', code: 'no_route' })
})
