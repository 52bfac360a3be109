import type { RequestHandler, Response } from 'express'
import { ApiProblem } from '../../domain/errors'

/** Some seconds of work: a request that would wait longer than that is better repeated by its caller. */
const mostAtOnce = 64

/**
 * Refuses a request, before its body is read, while so many others are under way: a process that is asked for more than it
 * can do then does what it can, in memory that does not grow, instead of doing ever more ever later.
 */
export function shedLoad(most = mostAtOnce): RequestHandler {
  let underWay = 0
  return (_request, response, next) => {
    if (underWay >= most) throw new ApiProblem('overloaded')
    underWay += 1
    let counts = true
    const leave = () => {
      if (counts) underWay -= 1
      counts = false
    }
    // An answer that only waits for news leaves before.
    response.locals.noLongerWork = leave
    // Comes whether the answer was sent or the caller has gone; then the work may go on, and is work as before.
    response.on('close', () => {
      if (!response.locals.isAtWork) leave()
    })
    next()
  }
}

/**
 * Does the work of a request, which counts until it is done, whether its caller still waits or not: callers who give up
 * and come again must not add to it. For one who has gone before, nothing is begun.
 */
export async function atWork(response: Response, work: () => Promise<void>): Promise<void> {
  if (response.closed) return
  response.locals.isAtWork = true
  try {
    await work()
  } finally {
    response.locals.isAtWork = false
    if (response.closed) response.locals.noLongerWork?.()
  }
}
