import { connect, createServer, type Socket } from 'node:net'

/** A line to a server that can be cut and mended: connections through it die, and new ones are refused until then. */
export interface BreakableLine {
  port: number
  cut(): void
  mend(): void
  /** Resolves when somebody has tried to connect to the cut line. */
  missed(): Promise<void>
  stop(): Promise<void>
}

export async function breakableLine(host: string, port: number): Promise<BreakableLine> {
  const sockets = new Set<Socket>()
  let isCut = false
  let miss: () => void = () => {}
  const server = createServer((near) => {
    if (isCut) {
      near.destroy()
      return miss()
    }
    const far = connect(port, host)
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => {})
      socket.once('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  return {
    port: address && typeof address === 'object' ? address.port : 0,
    cut() {
      isCut = true
      for (const socket of sockets) socket.destroy()
    },
    mend() {
      isCut = false
    },
    missed: () =>
      new Promise((resolve) => {
        miss = resolve
      }),
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped())
        for (const socket of sockets) socket.destroy()
      }),
  }
}
