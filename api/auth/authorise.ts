import { ApiProblem } from '../../domain/errors'
import type { Access } from '../http/endpoint'
import type { Caller } from './caller'

/**
 * Lets a caller through to an endpoint or throws. Another company's resource does not exist for the caller, whatever
 * its role would allow: that answer comes first, so that nobody learns which companies there are. Nor does anything but
 * its route for a driver's link.
 */
export function authorise(
  caller: Caller,
  { roles, byLink = false }: Extract<Access, object>,
  companyId: string | string[] | undefined,
): void {
  if (companyId !== undefined && caller.companyId !== null && caller.companyId !== companyId)
    throw new ApiProblem('not_found')
  if (caller.link !== undefined && !byLink)
    throw new ApiProblem('not_found', 'A driver’s link is for its route alone; see GET /v1/driver/route.')
  if (!roles.includes(caller.role))
    throw new ApiProblem('forbidden', `The role ${caller.role} may not do this; it is for ${roles.join(', ')}.`)
}
