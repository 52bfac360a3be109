import { hkdfSync } from 'node:crypto'
import { z } from 'zod'
import type { Instant } from '../../../domain/words'
import { type SealingKeys, seal, unseal } from '../../../integrations/secrets/seal'
import { cookieNamed, isSecure } from '../sessionCookie'
import type { OidcChecks } from './oidcClient'

interface Cookies {
  publicUrl: string
  encryptionKeys: SealingKeys
}

/** As long as somebody may take to sign in at the provider. */
const seconds = 600
const place = 'oidc'
const content = z.tuple([z.string(), z.string(), z.string(), z.number()])

const nameOf = (config: Cookies) => (isSecure(config) ? '__Host-oidc' : 'oidc')
const keysOf = ({ encryptionKeys }: Cookies): SealingKeys =>
  encryptionKeys.map((key) => Buffer.from(hkdfSync('sha256', key, '', 'oidc cookies', 32)))

/** `Set-Cookie` that keeps the checks of a sign-in at the browser that began it, sealed: nobody reads or makes one. */
export function checksCookie({ state, nonce, verifier }: OidcChecks, now: Instant, config: Cookies): string {
  const sealed = seal(JSON.stringify([state, nonce, verifier, now + seconds * 1_000]), keysOf(config), place)
  return cookie(config, sealed.toString('base64url'), seconds)
}

/** `Set-Cookie` that takes them back: they are for one sign-in. */
export function noChecksCookie(config: Cookies): string {
  return cookie(config, '', 0)
}

/** The checks that a `Cookie` header carries; null without any, or when their time has passed. */
export function presentedChecks(header: string | undefined, now: Instant, config: Cookies): OidcChecks | null {
  const value = cookieNamed(nameOf(config), header)
  if (value === undefined) return null
  try {
    const sealed = Buffer.from(value, 'base64url')
    const [state, nonce, verifier, until] = content.parse(JSON.parse(unseal(sealed, keysOf(config), place)))
    return now < until ? { state, nonce, verifier } : null
  } catch {
    return null
  }
}

/** Lax: the provider's page sends the browser back here, and a strict cookie would stay behind. */
function cookie(config: Cookies, value: string, maxAge: number): string {
  const secure = isSecure(config) ? '; Secure' : ''
  return `${nameOf(config)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAge}${secure}`
}
