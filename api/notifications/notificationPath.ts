import { z } from 'zod'
import { ApiProblem } from '../../domain/errors'
import { companyPath } from '../schemas/common'

/** The path of a notification; an id that is none is simply not found. */
export const notificationPath = companyPath.extend({ id: z.string() })

export function noSuchNotification(id: string): ApiProblem {
  return new ApiProblem('not_found', `The company has no notification "${id}".`)
}
