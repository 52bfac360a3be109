import type { Agent } from 'node:https'

/** Of the error that ends a connection that could not be made in time. */
export const connectTimeoutCode = 'ECONNECTTIMEOUT'

/**
 * Lets an agent give up a connection that is not ready, TLS included, after `ms`. A request's own time limit does not say
 * whether the request had left; this one does: it had not, so it may be made again.
 */
export function connectsWithin(agent: Agent, ms: number): void {
  const connect = agent.createConnection
  agent.createConnection = (...args) => {
    const socket = connect.apply(agent, args)
    if (!socket) return socket
    const giveUp = () => {
      const error = new Error(`No connection within ${ms} ms`)
      socket.destroy(Object.assign(error, { code: connectTimeoutCode }))
    }
    const timer = setTimeout(giveUp, ms)
    for (const event of ['secureConnect', 'close']) socket.once(event, () => clearTimeout(timer))
    return socket
  }
}
