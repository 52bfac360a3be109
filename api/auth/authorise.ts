import { ApiProblem } from '../../domain/errors'
import type { Caller, Role } from './caller'

/**
 * Lets a caller through to an endpoint or throws. Another company's resource does not exist for the caller, whatever
 * its role would allow: that answer comes first, so that nobody learns which companies there are.
 */
export function authorise(caller: Caller, allowed: readonly Role[], companyId: string | string[] | undefined): void {
  if (companyId !== undefined && caller.companyId !== null && caller.companyId !== companyId)
    throw new ApiProblem('not_found')
  if (!allowed.includes(caller.role))
    throw new ApiProblem('forbidden', `The role ${caller.role} may not do this; it is for ${allowed.join(', ')}.`)
}
