import { Agent, request } from 'node:http'

/** What came of one request: a status, or `broken` for a connection that was refused, reset or silent for too long. */
export interface Answered {
  status: number | 'broken'
  ms: number
  retryAfter: boolean
}

const silentMs = 20_000

/** A client that opens as many connections as it needs, as many clients would. */
export function createCaller(url: string, key: string) {
  const agent = new Agent({ keepAlive: true })
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' }
  return {
    call(method: string, path: string, body: unknown = {}): Promise<Answered> {
      const began = performance.now()
      return new Promise((resolve) => {
        const answered = (status: Answered['status'], retryAfter = false) =>
          resolve({ status, ms: performance.now() - began, retryAfter })
        const sent = request(`${url}${path}`, { method, agent, headers, timeout: silentMs }, (response) => {
          response.resume()
          response.on('end', () => answered(response.statusCode ?? 0, response.headers['retry-after'] !== undefined))
          response.on('error', () => answered('broken'))
        })
        sent.on('timeout', () => sent.destroy(new Error('silent')))
        sent.on('error', () => answered('broken'))
        sent.end(method === 'GET' ? undefined : JSON.stringify(body))
      })
    },
    close: () => agent.destroy(),
  }
}

export type Caller = ReturnType<typeof createCaller>
