import { createServer } from 'node:net'

/**
 * A TCP port of 127.0.0.1 that was free a moment ago. Another process may take it before the caller does, so start
 * servers with `onFreePort`.
 */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => {
        if (address && typeof address === 'object') resolve(address.port)
        else
          reject(new Error('freePort: the operating system gave no port on 127.0.0.1. Is the loopback interface up?'))
      })
    })
  })
}

/** Starts a server on a free port of 127.0.0.1, and again on another one when somebody else was quicker. */
export async function onFreePort<T>(start: (port: number) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start(await freePort())
    } catch (error) {
      if (attempt === 3 || !/address already in use|EADDRINUSE/i.test(String(error))) throw error
    }
  }
}
