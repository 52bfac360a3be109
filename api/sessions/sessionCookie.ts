import { sessionMs } from '../../db/operatorSessions'

interface Cookies {
  publicUrl: string
}

/** Over https the browser itself holds the cookie to this host (`__Host-`). */
export const isSecure = ({ publicUrl }: Cookies) => publicUrl.startsWith('https:')
const nameOf = (config: Cookies) => (isSecure(config) ? '__Host-session' : 'session')

/** The token of a session that a `Cookie` header carries. */
export function presentedSession(header: string | undefined, config: Cookies): string | undefined {
  return cookieNamed(nameOf(config), header)
}

/** The value of a cookie of ours, which holds no more than letters, digits, `-`, `_` and `.`. */
export function cookieNamed(name: string, header: string | undefined): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    const value = part.slice(at + 1).trim()
    if (at > 0 && part.slice(0, at).trim() === name && /^[\w.-]{1,2000}$/.test(value)) return value
  }
  return undefined
}

/** `Set-Cookie` for a new session; no script can read it, and no other site's page can send it. */
export function sessionCookie(token: string, config: Cookies): string {
  return cookie(config, token, sessionMs.most / 1_000)
}

/** `Set-Cookie` that takes it back. */
export function noSessionCookie(config: Cookies): string {
  return cookie(config, '', 0)
}

function cookie(config: Cookies, value: string, maxAge: number): string {
  const secure = isSecure(config) ? '; Secure' : ''
  return `${nameOf(config)}=${value}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${maxAge}${secure}`
}
