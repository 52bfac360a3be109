import { randomUUID } from 'node:crypto'
import type { CallOptions, Reply, useApi } from './useApi'

export const password = 'a password of the tests'
/** What the console sends with every call that changes something. */
export const ofConsole = { 'X-Requested-With': 'dispatch-console', 'Sec-Fetch-Site': 'same-origin' }

interface Fields {
  role?: string
  companyId?: string | null
  email?: string
}

/** Operators of an API under test, who sign in as the console does. */
export function useOperators(api: Pick<ReturnType<typeof useApi>, 'call'>) {
  const signIn = (email: string, given = password, headers: Record<string, string> = ofConsole) =>
    api.call('POST', '/v1/session', { key: null, body: { email, password: given }, headers })

  /** Adds an operator, who sets the password by the link. */
  async function add({ role = 'admin', companyId = null, email = `${randomUUID()}@example.com` }: Fields = {}) {
    const { body } = await api.call('POST', '/v1/operators', { body: { email, name: 'Ann Operator', role, companyId } })
    const token = new URL(body.passwordLink.url).hash.slice(1)
    const set = await api.call('POST', '/v1/session/password', {
      key: null,
      body: { token, password },
      headers: ofConsole,
    })
    return { id: body.id as string, email, token, cookie: cookieOf(set) }
  }

  /** Calls as the console of that session does. */
  const callAs = (cookie: string, method: string, path: string, { headers, ...options }: CallOptions = {}) =>
    api.call(method, path, { ...options, key: null, headers: { Cookie: cookie, ...ofConsole, ...headers } })

  return { signIn, add, callAs }
}

/** The cookie that an answer sets, as a browser sends it back. */
export function cookieOf({ headers }: Pick<Reply, 'headers'>): string {
  return headers.get('set-cookie')?.split(';', 1)[0] ?? ''
}
