import { createServer, type RequestListener } from 'node:http'

/** An HTTP server of this process: its address, and how to end it. */
export interface Listening {
  url: string
  /** Ends it at once, with requests that are still being answered. */
  stop(): Promise<void>
}

/**
 * Serves `app` on 127.0.0.1.
 *
 * @param port a free one when left out
 * @throws Error when the port is in use
 */
export function listen(what: string, app: RequestListener, port = 0): Promise<Listening> {
  const server = createServer(app)
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(new Error(`${what} cannot listen on 127.0.0.1:${port}: ${error.message}. Free the port or give another.`))
    })
    server.listen(port, '127.0.0.1', () => {
      const address = server.address()
      resolve({
        url: `http://127.0.0.1:${address && typeof address === 'object' ? address.port : port}`,
        stop: () =>
          new Promise((done) => {
            server.close(() => done())
            server.closeAllConnections()
          }),
      })
    })
  })
}
