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
    // Comes once, whether the answer was sent or the caller has gone.
    response.on('close', () => {
      underWay -= 1
    })
    next()
  }
}
