import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Client, Connection } from '@temporalio/client'
import type { Knex } from 'knex'
import type { ApiParts } from '../../api/apiParts'
import { type ChangeFeed, createChangeFeed } from '../../api/changes/changeFeed'
import { createApp } from '../../api/createApp'
import { createLog } from '../../api/log'
import type { StoredMessage } from '../../api/outbox/storeMessage'
import { type FreshDatabase, freshDatabase, testEnvironment } from '../setup/freshDatabase'

const adminKey = 'admin-key-of-the-tests-0123456789abcdef'
export const twilioToken = 'auth-token-of-the-tests'
export const publicUrl = 'https://dispatch.example.com/api'

/** Without limits: the tests call in a way in which no client should. */
export const testConfig: ApiParts['config'] = {
  adminApiKey: adminKey,
  encryptionKeys: [Buffer.alloc(32, 7)],
  publicUrl,
  twilio: {
    accountSid: `AC${'0'.repeat(32)}`,
    authToken: twilioToken,
    sender: { from: '+15005550006' },
    apiUrl: null,
  },
  smtp: null,
  trustProxy: 0,
  temporalUi: null,
  limits: { failedAuthentications: 0, requests: 0 },
}

/** What came back. */
export interface Reply {
  status: number
  headers: Headers
  // biome-ignore lint/suspicious/noExplicitAny: tests look into whatever was answered
  body: any
}

export interface CallOptions {
  key?: string | null
  body?: unknown
  /** The body as it is, instead of `body` as JSON. */
  raw?: string | Buffer
  headers?: Record<string, string>
}

/** The API over real HTTP on a database of its own, from before a file's first test to after its last. */
export function useApi(parts: Partial<ApiParts> = {}, feed: Partial<Parameters<typeof createChangeFeed>[0]> = {}) {
  let database: FreshDatabase | undefined
  let server: Server | undefined
  let connection: Connection | undefined
  let changes: ChangeFeed | undefined
  const state = {
    /** What the API would hand to Temporal, in order. */
    forwarded: [] as StoredMessage[],
    /** The API's clock; tests set it. */
    now: Date.parse('2026-12-01T18:00:00Z'),
    logged: [] as string[],
  }

  const log = createLog('info', { write: (line: string) => void state.logged.push(line) })

  beforeAll(async () => {
    database = await freshDatabase()
    connection = Connection.lazy({ address: testEnvironment('TEST_TEMPORAL_ADDRESS') })
    changes = createChangeFeed({ databaseUrl: database.url, log, ...feed })
    const app = createApp({
      db: database.db,
      forwarder: {
        forward: async (messages) => {
          state.forwarded.push(...messages)
        },
      },
      scheduleKeeper: { keep: async () => {} },
      changes,
      // A queue that no other test file works with or leaves tasks in: the server is everybody's.
      temporal: { client: new Client({ connection }), taskQueue: randomUUID() },
      config: testConfig,
      clock: () => state.now,
      log,
      ...parts,
    })
    server = createServer(app).listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(async () => {
    await changes?.stop()
    server?.close()
    server?.closeAllConnections()
    await connection?.close()
    await database?.[Symbol.asyncDispose]()
  })

  async function call(method: string, path: string, options: CallOptions = {}): Promise<Reply> {
    const { key = adminKey, body, raw, headers = {} } = options
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const response = await fetch(`${tools.origin}${path}`, {
      method,
      headers: {
        ...(key !== null && { Authorization: `Bearer ${key}` }),
        ...(content !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(content !== undefined && { body: content }),
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text }
  }

  const tools = {
    state,
    call,
    /** Where it listens. */
    get origin(): string {
      if (server === undefined) throw new Error('The API listens from the first test on.')
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    },
    get changes(): ChangeFeed {
      if (changes === undefined) throw new Error('The feed is there from the first test on.')
      return changes
    },
    log,
    get db(): Knex {
      if (database === undefined) throw new Error('The database is there from the first test on.')
      return database.db
    },
    get url(): string {
      return database?.url ?? ''
    },
    /** A key of that role and company. */
    async keyOf(role: string, companyId?: string): Promise<string> {
      const { body } = await call('POST', '/v1/api-keys', { body: { name: `${role} key`, role, companyId } })
      return body.key
    },
    /** A company with a contract C1, in Chicago. */
    async company(): Promise<string> {
      const companyId = `c-${randomUUID().slice(0, 8)}`
      await call('PUT', `/v1/companies/${companyId}`, { body: { name: 'Acme Rentals' } })
      await call('PUT', `/v1/companies/${companyId}/settings`, { body: { timeZone: 'America/Chicago' } })
      await call('PUT', `/v1/companies/${companyId}/contracts/C1`, { body: contractOf('512-555-0101') })
      return companyId
    },
  }
  return tools
}

export function contractOf(phone: string) {
  return {
    customer: { name: 'Ann Smith' },
    deliveryNotifications: [{ method: 'sms', address: phone, events: ['confirmed', 'arrived'] }],
  }
}

export function stopOf(stopId: string, more: object = {}) {
  return {
    stopId,
    kind: 'delivery',
    scheduledAt: '2026-12-02T13:00:00-06:00',
    address: '1 Main St, Austin',
    contracts: ['C1'],
    ...more,
  }
}

export function routeOf(more: object = {}) {
  return { name: 'North 2', serviceDate: '2026-12-02', stops: [stopOf('s1'), stopOf('s2')], ...more }
}
