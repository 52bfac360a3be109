import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { Client, Connection } from '@temporalio/client'
import { pino } from 'pino'
import { createForwarder, type Forwarder } from '../../api/outbox/createForwarder'
import { storeMessage } from '../../api/outbox/storeMessage'
import { outboxBacklog } from '../../db/outbox'
import { setRouteStatus } from '../../db/routes'
import { workflowIdOf } from '../../domain/routeWorkflow'
import { registerSearchAttributes } from '../../worker/searchAttributes'
import { seedNotification } from '../db/seed'
import { testEnvironment } from '../setup/freshDatabase'
import { routeOf, stopOf, useApi } from './useApi'

/** Temporal behind a door that a test can shut. */
async function doorTo(address: string) {
  const [host = '', port = ''] = address.split(':')
  const open = new Set<Socket>()
  let shut = false
  const server: Server = createServer((incoming) => {
    if (shut) {
      incoming.destroy()
      return
    }
    const outgoing = connect(Number(port), host)
    for (const socket of [incoming, outgoing]) {
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        open.delete(socket)
        incoming.destroy()
        outgoing.destroy()
      })
    }
    incoming.pipe(outgoing).pipe(incoming)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    shut() {
      shut = true
      for (const socket of open) socket.destroy()
    },
    open() {
      shut = false
    },
    close() {
      server.close()
      for (const socket of open) socket.destroy()
    },
  }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 40_000; !(await holds()); await new Promise((resolve) => setTimeout(resolve, 50)))
    if (Date.now() > end) throw new Error('What the test waits for did not come to hold.')
}

describe('the forwarder', () => {
  const taskQueue = `test-${randomUUID()}`
  const log = pino({ level: 'silent' })
  let inner: Forwarder | undefined
  const api = useApi({ forwarder: { forward: async (messages) => inner?.forward(messages) } })
  let door: Awaited<ReturnType<typeof doorTo>>
  let connection: Connection
  let behindDoor: Connection
  let client: Client
  let company: string
  const ref = () => ({ companyId: company, routeId: 'r1' })
  const at = (path = '', routeId = 'r1') => `/v1/companies/${company}/routes/${routeId}${path}`
  const started: string[] = []

  /** What the route's workflow was told, its start included. */
  const kindsOf = async (routeId = 'r1') => {
    const history = await client.workflow.getHandle(workflowIdOf({ companyId: company, routeId })).fetchHistory()
    const signals = (history.events ?? []).flatMap(({ workflowExecutionSignaledEventAttributes: signal }) => {
      const data = signal?.input?.payloads?.[0]?.data
      return data ? [JSON.parse(Buffer.from(data).toString()).kind] : []
    })
    return ['started', ...signals]
  }
  const isEmpty = async () => (await outboxBacklog(api.db)).count === 0

  beforeAll(async () => {
    const address = testEnvironment('TEST_TEMPORAL_ADDRESS')
    door = await doorTo(address)
    connection = await Connection.connect({ address })
    client = new Client({ connection })
    await registerSearchAttributes(connection, 'default')
    behindDoor = Connection.lazy({ address: door.address })
  })
  beforeEach(async () => {
    door.open()
    company = await api.company()
    started.push(company)
    inner = createForwarder({
      db: api.db,
      databaseUrl: api.url,
      temporal: { client: new Client({ connection: behindDoor }), taskQueue },
      log,
      sweepMs: 250,
    })
  })
  afterEach(() => inner?.stop())
  afterAll(async () => {
    for (const companyId of started)
      await client.workflow
        .getHandle(workflowIdOf({ companyId, routeId: 'r1' }))
        .terminate()
        .catch(() => {})
    await behindDoor?.close()
    await connection.close()
    door.close()
  })

  test('a confirmed route has its workflow by the time of the answer, without anything personal in it', async () => {
    await api.call('PUT', `/v1/companies/${company}/trucks/T4`, { body: { name: 'Blue truck', device: null } })
    await api.call('PUT', at(), { body: routeOf({ truckId: 'T4', driver: { name: 'Michael' } }) })
    expect((await api.call('POST', at('/confirm'))).status).toBe(202)
    expect(await kindsOf()).toEqual(['started'])
    expect(await isEmpty()).toBe(true)

    const description = await client.workflow.getHandle(workflowIdOf(ref())).describe()
    expect(description.type).toBe('deliveryRoute')
    expect(await description.staticSummary()).toBe('Route r1 of 2026-12-02, truck T4, 2 stops')
    expect(description.searchAttributes).toMatchObject({
      CompanyId: [company],
      RouteId: ['r1'],
      TruckId: ['T4'],
      ServiceDate: ['2026-12-02'],
      RouteStatus: ['confirmed'],
      ContractNumbers: ['C1'],
    })
    const history = JSON.stringify(await client.workflow.getHandle(workflowIdOf(ref())).fetchHistory())
    const payloads = history + (await description.staticDetails())
    for (const personal of ['Ann', 'Michael', '5125550101', 'Main St', 'North 2', 'Blue truck'])
      expect(payloads).not.toContain(personal)
  })

  test('whatever happens to a route reaches its workflow in order', async () => {
    await api.call('PUT', at(), { body: routeOf() })
    await api.call('POST', at('/confirm'))
    await api.call('POST', at('/stops/s1/arrived'), { body: { eventId: 'e1' } })
    await api.call('POST', at('/stops/s1/arrived'), { body: { eventId: 'e1' } })
    await api.call('POST', at('/stops/s1/departed'))
    await api.call('PUT', at(), { body: routeOf({ stops: [stopOf('s1')] }) })
    await api.call('POST', at('/cancel'))
    expect(await kindsOf()).toEqual(['started', 'arrived', 'departed', 'planChanged', 'cancelled'])
    expect(await isEmpty()).toBe(true)
  })

  test('with Temporal away everything is accepted, and delivered in order when it is back', async () => {
    door.shut()
    await api.call('PUT', at(), { body: routeOf() })
    expect((await api.call('POST', at('/confirm'))).status).toBe(202)
    for (const path of ['/unconfirm', '/confirm', '/stops/s1/arrived', '/stops/s1/departed'])
      expect((await api.call('POST', at(path))).status).toBe(202)
    expect((await outboxBacklog(api.db)).count).toBe(5)

    inner?.start()
    await until(async () => (await api.db('outbox').max('tries as tries').first())?.tries > 0)
    door.open()
    await until(isEmpty)
    expect(await kindsOf()).toEqual(['started', 'confirmed', 'unconfirmed', 'confirmed', 'arrived', 'departed'])
  })

  test('a request that died after its commit is delivered by another process', async () => {
    const crashed = inner
    inner = undefined
    await api.call('PUT', at(), { body: routeOf() })
    await api.call('POST', at('/confirm'))
    expect(await isEmpty()).toBe(false)
    inner = crashed
    inner?.start()
    await until(isEmpty)
    expect(await kindsOf()).toEqual(['started'])
  })

  test('two processes share one outbox, and no route hears anything twice or out of order', async () => {
    const crashed = inner
    inner = undefined
    const routes = ['r1', 'r2', 'r3', 'r4', 'r5', 'r6']
    for (const routeId of routes) {
      await api.call('PUT', at('', routeId), { body: routeOf() })
      for (const path of ['/confirm', '/unconfirm', '/confirm', '/cancel']) await api.call('POST', at(path, routeId))
    }
    inner = crashed
    const other = createForwarder({
      db: api.db,
      databaseUrl: api.url,
      temporal: { client, taskQueue },
      log,
      sweepMs: 250,
    })
    inner?.start()
    other.start()
    await until(isEmpty)
    await other.stop()
    for (const routeId of routes) {
      expect(await kindsOf(routeId)).toEqual(['started', 'confirmed', 'unconfirmed', 'confirmed', 'cancelled'])
      await client.workflow.getHandle(workflowIdOf({ companyId: company, routeId })).terminate()
    }
  })

  test('a live route that has lost its workflow gets a new one; of one that is over nobody needs to hear', async () => {
    await api.call('PUT', at(), { body: routeOf() })
    await api.call('POST', at('/confirm'))
    await client.workflow.getHandle(workflowIdOf(ref())).terminate()
    await api.call('POST', at('/stops/s1/arrived'))
    expect(await kindsOf()).toEqual(['started', 'arrived'])

    await api.call('PUT', at('', 'never'), { body: routeOf() })
    expect((await api.call('POST', at('/cancel', 'never'))).status).toBe(202)
    expect(await isEmpty()).toBe(true)
    await expect(
      client.workflow.getHandle(workflowIdOf({ companyId: company, routeId: 'never' })).describe(),
    ).rejects.toThrow()
  })

  test('a message that a person sends again gets its route a workflow, even when the route is over', async () => {
    await api.call('PUT', at(), { body: routeOf() })
    await api.call('POST', at('/confirm'))
    await client.workflow.getHandle(workflowIdOf(ref())).terminate()
    await setRouteStatus(api.db, ref(), 'completed')
    const id = await seedNotification(api.db, {
      company_id: company,
      route_id: 'r1',
      stop_id: 's1',
      status: 'undelivered',
      reason: 'unreachable',
    })
    const reply = await api.call('POST', `/v1/companies/${company}/notifications/${id}/resend`, {
      body: { reason: 'The phone was off' },
    })
    expect(reply.status).toBe(202)
    expect(await kindsOf()).toEqual(['started', 'resendAsked'])
  })

  test('so does a text that turns out not to have reached anybody, but not of a route that was taken back', async () => {
    await api.call('PUT', at(), { body: routeOf() })
    await api.call('POST', at('/confirm'))
    const { workflow } = client
    for (const status of ['completed', 'cancelled', 'planned'] as const) {
      await workflow.getHandle(workflowIdOf(ref())).terminate()
      await setRouteStatus(api.db, ref(), status)
      const event = { eventId: randomUUID(), kind: 'undelivered', source: 'twilio' } as const
      await inner?.forward([await api.db.transaction((trx) => storeMessage(trx, ref(), event))])
      expect(await isEmpty()).toBe(true)
      const { status: found } = await workflow.getHandle(workflowIdOf(ref())).describe()
      expect([status, found.name]).toEqual([status, status === 'planned' ? 'TERMINATED' : 'RUNNING'])
    }
  })
})
