import { randomUUID } from 'node:crypto'
import { Client, Connection } from '@temporalio/client'
import type { History } from '@temporalio/common/lib/proto-utils'
import { DefaultLogger, Runtime } from '@temporalio/worker'
import type { Knex } from 'knex'
import { connectDatabase } from '../../db/connect'
import { getRoute } from '../../db/routeViews'
import { startSmtpStandIn } from '../../dev/smtp/startSmtpStandIn'
import { atRest } from '../../dev/timeSkipping'
import { startTwilioStandIn } from '../../dev/twilio/startTwilioStandIn'
import { VirtualTime } from '../../dev/virtualTime'
import type { RouteEvent } from '../../domain/routeEvent'
import {
  deliveryRouteType,
  taskQueue as productTaskQueue,
  type RouteRef,
  routeEventSignal,
  workflowIdOf,
} from '../../domain/routeWorkflow'
import type { Instant } from '../../domain/words'
import { workflowStartOf } from '../../integrations/temporal/workflowStart'
import { freshDatabase, testEnvironment } from './freshDatabase'
import { freshNamespace } from './freshNamespace'
import { innerWorker } from './innerWorker'

export const twilioAccount = { accountSid: `AC${'0'.repeat(32)}`, authToken: 'auth-token-of-the-stand-in' }

/** Everything that a route needs to live: a database, Temporal, a worker, and stand-ins that take its messages. */
export type World = Awaited<ReturnType<typeof startWorld>>

export interface WorldOptions {
  /** The address under which the worker finds the database, given the real one. */
  databaseUrl?: (url: string) => string
  /** The test runs worker processes itself, in a namespace of the world's own. */
  outerWorkers?: boolean
}

let runtimeInstalled = false

/**
 * Starts a world of its own for a test file, on the run's PostgreSQL and Temporal. Routes run on virtual time: `now` is
 * the world's, and `passTo` moves every route there, firing what comes due on the way.
 */
export async function startWorld({ databaseUrl, outerWorkers = false }: WorldOptions = {}) {
  if (!runtimeInstalled) {
    const logging = { filter: { core: 'ERROR', other: 'ERROR' }, forward: {} } as const
    Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging } })
  }
  runtimeInstalled = true
  const { address, namespace } = outerWorkers
    ? await freshNamespace()
    : { address: testEnvironment('TEST_TEMPORAL_ADDRESS'), namespace: 'default' }
  const taskQueue = outerWorkers ? productTaskQueue : `test-${randomUUID()}`
  const database = await freshDatabase()
  const twilio = await startTwilioStandIn({ ...twilioAccount })
  const smtp = await startSmtpStandIn()
  const workerDb = databaseUrl === undefined ? database.db : connectDatabase(databaseUrl(database.url))
  const connection = await Connection.connect({ address })
  const client = new Client({ connection, namespace, identity: 'test' })
  const worker = await innerWorker({
    ...{ db: workerDb, address, namespace, taskQueue, smtpUrl: smtp.url },
    twilio: { ...twilioAccount, url: twilio.url },
  })
  if (!outerWorkers) await worker.start()
  // Exactly at a moment: what is due then has gone, what is due later has not.
  const time = new VirtualTime(connection, namespace, 0)
  const live = new Set<string>()

  const world = {
    db: database.db as Knex,
    url: database.url,
    twilio,
    smtp,
    /** What the worker sends texts with: the real client, to be watched or disturbed. */
    sms: worker.sms,
    client,
    temporal: { address, namespace },
    taskQueue,
    /** The routes' own clock. */
    now: time.now,
    /** Tells a route that something happened; starts its workflow if it has none. */
    async tell(ref: RouteRef, kind: RouteEvent['kind'], stopId?: string): Promise<void> {
      const event: RouteEvent = {
        eventId: randomUUID(),
        kind,
        source: 'test',
        ...(stopId === undefined ? {} : { stopId }),
      }
      const workflowId = workflowIdOf(ref)
      const route = await getRoute(database.db, ref)
      const handle = await client.workflow.signalWithStart(deliveryRouteType, {
        workflowId,
        taskQueue,
        args: [ref],
        signal: routeEventSignal,
        signalArgs: [event],
        // As the API starts it.
        ...(route === null ? {} : workflowStartOf(route)),
      })
      const { raw } = await client.workflow.getHandle(workflowId, handle.signaledRunId).describe()
      const life = raw.workflowExecutionInfo?.firstRunId ?? handle.signaledRunId
      if (!live.has(life)) {
        live.add(life)
        // A run that continues another one is where the others are.
        await time.join(workflowId)
      }
      routes.add(workflowId)
    },
    /** Moves every route's clock to `moment`. */
    passTo: (moment: Instant) => time.passTo(moment),
    /** Waits until a route has nothing to do but to sleep, or has ended. */
    untilAtRest: (ref: RouteRef) => atRest(connection, namespace, workflowIdOf(ref)),
    /** The histories of every route of this world, all of its runs. */
    async histories(): Promise<History[]> {
      const found: History[] = []
      const runs = client.workflow.list({ query: `TaskQueue = '${taskQueue}'` })
      for await (const { history } of runs.intoHistories()) found.push(history as History)
      return found
    },
    /** What a route's workflow came to. */
    result: (ref: RouteRef) => client.workflow.getHandle(workflowIdOf(ref)).result(),
    handle: (ref: RouteRef) => client.workflow.getHandle(workflowIdOf(ref)),
    stopWorker: () => worker.stop(),
    startWorker: () => worker.start(),
    /** Ends what still runs and forgets what the providers received and were told to do: the next test begins afresh. */
    async clear(): Promise<void> {
      const end = (id: string) => client.workflow.getHandle(id).terminate()
      await Promise.all([...routes].map((id) => end(id).catch(() => {})))
      routes.clear()
      for (const standIn of [twilio, smtp]) {
        standIn.clear()
        standIn.clearFaults()
      }
    },
    async stop(): Promise<void> {
      await world.clear()
      await worker.close()
      await Promise.all([connection.close(), twilio.stop(), smtp.stop()])
      if (workerDb !== database.db) await workerDb.destroy()
      await database[Symbol.asyncDispose]()
    },
  }
  const routes = new Set<string>()
  return world
}
