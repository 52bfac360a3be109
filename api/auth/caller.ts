import { type Role, roles } from '../../db/apiKeys'

export type { Role }

/** Whoever a key belongs to. */
export interface Caller {
  /** The key's id; `ADMIN_API_KEY` for the one of the environment. */
  keyId: string
  /** Who is shown to have changed something. */
  name: string
  role: Role
  /** Null: every company. */
  companyId: string | null
}

/** The caller of an endpoint that asks for no key. */
export const nobody: Caller = { keyId: 'nobody', name: 'nobody', role: 'viewer', companyId: null }

export const everyRole: readonly Role[] = roles
export const readers: readonly Role[] = ['admin', 'dispatch', 'viewer']
export const dispatchers: readonly Role[] = ['admin', 'dispatch']
/** Who may report what happens at a stop. */
export const reporters: readonly Role[] = ['admin', 'dispatch', 'driver']
