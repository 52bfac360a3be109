import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker'
import { testEnvironment } from '../setup/freshDatabase'
import { useApi } from './useApi'

describe('readiness', () => {
  const taskQueue = `test-${randomUUID()}`
  let connection: Connection
  let accepting = true
  const api = useApi({
    temporal: {
      taskQueue,
      get client() {
        return new Client({ connection })
      },
    },
    accepting: () => accepting,
  })
  beforeAll(() => {
    connection = Connection.lazy({ address: testEnvironment('TEST_TEMPORAL_ADDRESS') })
  })
  afterAll(() => connection.close())

  test('waits for a worker, and goes as soon as the process is asked to stop', async () => {
    const before = await api.call('GET', '/readyz', { key: null })
    expect([before.status, before.body.checks.temporal.ok, before.body.checks.worker.ok]).toEqual([503, true, false])

    Runtime.install({ logger: new DefaultLogger('ERROR') })
    const native = await NativeConnection.connect({ address: testEnvironment('TEST_TEMPORAL_ADDRESS') })
    const worker = await Worker.create({
      connection: native,
      taskQueue,
      workflowBundle: { codePath: testEnvironment('TEST_WORKFLOW_BUNDLE') },
    })
    await worker.runUntil(async () => {
      for (const end = Date.now() + 20_000; (await api.call('GET', '/readyz', { key: null })).status !== 200; )
        if (Date.now() > end) throw new Error('The worker was not seen.')
      accepting = false
      const { status, body } = await api.call('GET', '/readyz', { key: null })
      expect([status, body.checks.process]).toEqual([503, { ok: false, text: 'is stopping' }])
    })
    await native.close()
  })
})
