import type { RequestHandler } from 'express'
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
    // Comes whether the answer was sent or the caller has gone. An answer that only waits for news leaves before.
    response.on('close', leave)
    response.locals.noLongerWork = leave
    next()
  }
}
