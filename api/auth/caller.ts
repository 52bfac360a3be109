import { type Role, roles } from '../../db/apiKeys'
import type { OperatorRole } from '../../db/operators'
import type { RouteRef } from '../../domain/routeWorkflow'

export type { Role }

/** Whoever a key or a session belongs to. */
export interface Caller {
  /** The key's id; `ADMIN_API_KEY` for the one of the environment; `operator:` and the id of one who has signed in. */
  keyId: string
  /** Who is shown to have changed something. */
  name: string
  role: Role
  /** Null: every company. */
  companyId: string | null
  /** Of a driver's link: the one route that it is for. */
  link?: RouteRef
  /** Of an operator who has signed in. */
  session?: { operatorId: string; email: string; role: OperatorRole; tokenHash: Buffer }
}

/** The id under which an operator's calls are counted and noted, beside those of keys. */
export function keyIdOf(operatorId: string): string {
  return `operator:${operatorId}`
}

/** The caller of an endpoint that asks for no key. */
export const nobody: Caller = { keyId: 'nobody', name: 'nobody', role: 'viewer', companyId: null }

export const everyRole: readonly Role[] = roles
export const readers: readonly Role[] = ['admin', 'dispatch', 'viewer']
export const dispatchers: readonly Role[] = ['admin', 'dispatch']
/** Who may report what happens at a stop. */
export const reporters: readonly Role[] = ['admin', 'dispatch', 'driver']
