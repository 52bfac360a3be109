import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'

/** Gives every request an id: the caller's, if it can be a log field and a header, else a new one. Every answer has it. */
export const requestId: RequestHandler = (request, response, next) => {
  const given = request.get('x-request-id')
  const id = given !== undefined && /^[A-Za-z0-9._:=+/-]{1,128}$/.test(given) ? given : randomUUID()
  request.id = id
  response.set('X-Request-Id', id)
  next()
}
