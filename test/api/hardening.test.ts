import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import type { ApiParts } from '../../api/apiParts'
import { defineEndpoint } from '../../api/http/endpoint'
import { mountEndpoints } from '../../api/http/mountEndpoints'
import { requestId } from '../../api/http/requestId'
import { requestLog } from '../../api/http/requestLog'
import { sendProblem } from '../../api/http/sendProblem'
import type { Guard } from '../../api/limits/guard'
import { createLog } from '../../api/log'
import { useApi } from './useApi'

describe('an endpoint that fails for a reason that nobody foresaw', () => {
  test('is answered 500 without the reason or a trace; the log has the place under the request’s id', async () => {
    const logged: string[] = []
    const planted = defineEndpoint({
      method: 'get',
      path: '/planted',
      tag: 'Planted',
      summary: 'Planted',
      access: 'anybody',
      answers: { 200: { description: 'Never.' } },
      handle: async () => {
        throw new Error('the inner workings')
      },
    })
    const api = { config: { publicUrl: 'http://localhost' }, clock: Date.now } as ApiParts
    const app = express()
    app.use(requestId, requestLog(createLog('info', { write: (line: string) => void logged.push(line) })))
    app.use(mountEndpoints([planted], api, {} as Guard), sendProblem)
    const server = createServer(app).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const response = await fetch(`http://127.0.0.1:${port}/planted`)
    const text = await response.text()
    server.close()
    server.closeAllConnections()
    expect([response.status, response.headers.get('content-type')]).toEqual([
      500,
      'application/problem+json; charset=utf-8',
    ])
    expect(JSON.parse(text).code).toBe('internal')
    expect(text).not.toMatch(/inner workings|hardening\.test|\bat \//)
    const log = logged.join('')
    expect(log).toContain('hardening.test')
    expect(log).toContain(response.headers.get('x-request-id'))
  })
})

describe('what strangers send', () => {
  const api = useApi()

  test('is answered with the headers that browsers are to obey, and without the server’s name', async () => {
    const { headers } = await api.call('GET', '/healthz', { key: null })
    expect(headers.get('content-security-policy')).toContain("default-src 'self'")
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
    expect(headers.get('strict-transport-security')).toContain('max-age=')
    expect(headers.get('x-powered-by')).toBeNull()
  })

  test('nested as deep as a body can be is refused in words, and the process lives', async () => {
    const company = await api.company()
    const lists = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`
    const objects = (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`
    for (const raw of [lists(524_000), `{"name":${lists(523_000)}}`, objects(174_000)]) {
      const { status, body } = await api.call('PUT', `/v1/companies/${company}`, { raw })
      expect([status, body.code]).toEqual([422, 'invalid_request'])
      expect(body.problems[0].message).toContain('nested deeper than 20 levels')
    }
    const settings = await api.call('PUT', `/v1/companies/${company}/settings`, { raw: objects(174_000) })
    expect(settings.status).toBe(422)
    expect((await api.call('GET', '/healthz')).status).toBe(200)
  })

  test.each([
    ['the same field half a million times', 'a&'.repeat(500_000)],
    ['as many fields as a body has room for', Array.from({ length: 150_000 }, (_, n) => n.toString(36)).join('&')],
  ])(
    'to Twilio’s webhook as %s is refused before it is worked through',
    async (_what, raw) => {
      const { status, body } = await api.call('POST', '/v1/webhooks/twilio/status', {
        key: null,
        raw,
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', 'X-Twilio-Signature': 'none' },
      })
      expect([status, body.code]).toEqual([401, 'invalid_signature'])
    },
    10_000,
  )

  test('an answer’s Date is the clock by which the API decides', async () => {
    api.state.now = Date.parse('2027-03-04T05:06:07Z')
    const { headers } = await api.call('GET', '/v1/companies')
    expect(headers.get('date')).toBe('Thu, 04 Mar 2027 05:06:07 GMT')
  })
})
