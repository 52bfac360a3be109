import type { Request } from 'express'
import { ApiProblem } from '../../domain/errors'

/** What the console sends along, and no form or image of another site can. */
const requestedWith = 'dispatch-console'

/**
 * Throws `cross_site_request` unless a request that a cookie speaks for comes from the console's own pages. A browser says
 * where a request comes from by Sec-Fetch-Site, an old one by Origin alone; a program that says neither needs the header.
 */
export function refuseCrossSite(request: Request, publicUrl: string): void {
  const site = request.get('sec-fetch-site')
  const origin = request.get('origin')
  const ours = [new URL(publicUrl).origin, `${request.protocol}://${request.get('host')}`]
  const foreign = site !== undefined ? site !== 'same-origin' : origin !== undefined && !ours.includes(origin)
  if (foreign || !isConsole(request)) throw new ApiProblem('cross_site_request')
}

/** Whether the request says that the console made it. */
export function isConsole(request: Request): boolean {
  return request.get('x-requested-with') === requestedWith
}

/** Whether a request may change something. */
export function mayChange({ method }: Request): boolean {
  return method !== 'GET' && method !== 'HEAD'
}
