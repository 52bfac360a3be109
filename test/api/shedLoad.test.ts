import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import type { ApiParts } from '../../api/apiParts'
import { defineEndpoint } from '../../api/http/endpoint'
import { mountEndpoints } from '../../api/http/mountEndpoints'
import { requestId } from '../../api/http/requestId'
import { sendProblem } from '../../api/http/sendProblem'
import { shedLoad } from '../../api/http/shedLoad'
import type { Guard } from '../../api/limits/guard'

let server: Server
let url: string
/** How many requests were begun, and what ends the work of each. */
let begun: (() => void)[] = []

const planted = defineEndpoint({
  method: 'post',
  path: '/planted',
  tag: 'Planted',
  summary: 'Planted',
  access: 'anybody',
  answers: { 200: { description: 'When the test says so.' } },
  handle: async () => {
    await new Promise<void>((end) => begun.push(end))
    return { status: 200 }
  },
})

beforeEach(async () => {
  begun = []
  const api = { config: { publicUrl: 'http://localhost' }, clock: Date.now } as ApiParts
  const app = express()
  app.use(requestId, shedLoad(2))
  app.get('/nothing', (_request, response) => void response.end())
  // As long as it is not known who calls, say.
  app.use((request, response, next) => {
    if (request.get('x-wait') === undefined) next()
    else response.once('close', () => next())
  })
  app.use(mountEndpoints([planted], api, {} as Guard), sendProblem)
  server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterEach(() => {
  for (const end of begun) end()
  server.close()
  server.closeAllConnections()
})

const ask = (init: RequestInit = {}) => fetch(`${url}/planted`, { method: 'POST', ...init })
const isFree = async () => (await fetch(`${url}/nothing`)).status === 200
const connections = () => new Promise((resolve) => server.getConnections((_error, count) => resolve(count)))
const until = async (holds: () => boolean | Promise<boolean>) => {
  while (!(await holds())) await new Promise((go) => setTimeout(go, 10))
}

/** A caller who asks, and goes away when the work has begun. */
async function comeAndGo(): Promise<void> {
  const gone = new AbortController()
  const before = begun.length
  const asked = ask({ signal: gone.signal }).catch(() => {})
  await until(() => begun.length > before)
  gone.abort()
  await asked
  await until(async () => (await connections()) === 0)
}

test('work goes on when its caller has gone, and counts until it is done: whoever comes again is refused meanwhile', async () => {
  await comeAndGo()
  await comeAndGo()
  const refused = await ask()
  expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
  expect(begun).toHaveLength(2)
  for (const end of begun) end()
  await until(isFree)
})

test('nothing is begun for a caller who has gone before', async () => {
  const gone = new AbortController()
  const came = once(server, 'request')
  const asked = ask({ signal: gone.signal, headers: { 'x-wait': 'until I have gone' } }).catch(() => {})
  await came
  gone.abort()
  await asked
  await until(async () => (await connections()) === 0)
  // Whoever comes after that is served.
  const next = ask()
  await until(() => begun.length > 0)
  for (const end of begun) end()
  expect((await next).status).toBe(200)
  expect(begun).toHaveLength(1)
})
