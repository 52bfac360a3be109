import { once } from 'node:events'
import type { Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { createHttpServer } from '../../api/http/createHttpServer'

let server: Server
let port: number
const open = new Set<Socket>()

beforeAll(async () => {
  server = createHttpServer((request, response) => {
    request.resume().on('end', () => response.end('done'))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  for (const socket of open) socket.destroy()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

/** A client that says so much and no more. */
async function halting(said: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  open.add(socket)
  socket.on('error', () => {})
  await once(socket, 'connect')
  socket.write(said)
  return socket
}

const closed = async (socket: Socket) => {
  socket.resume()
  if (!socket.closed) await once(socket, 'close')
}
const connections = () => new Promise<number>((resolve) => server.getConnections((_error, count) => resolve(count)))

test('clients that begin a request and never finish it are closed, and hold up nobody meanwhile', async () => {
  const noHead = await Promise.all(Array.from({ length: 200 }, () => halting('POST / HTTP/1.1\r\nHost: x\r\n')))
  const noBody = await halting('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nten bytes ')
  while ((await connections()) < 201) await delay(10)
  expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('done')

  await Promise.all([...noHead, noBody].map(closed))
  expect(await connections()).toBeLessThanOrEqual(1)
}, 60_000)
