import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { stopServing } from '../../api/stopServing'

let server: Server
const serving = async (listener: RequestListener) => {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server.address() as AddressInfo
}
afterEach(() => server.closeAllConnections())

/** A connection of which a request is under way; `answer` is all that came by its end. */
async function asking(port: number) {
  const begun = once(server, 'request')
  const socket = connect(port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n')
  let answer = ''
  socket.on('data', (data) => {
    answer += data
  })
  socket.on('error', () => {})
  await begun
  return { socket, closed: once(socket, 'close'), answer: () => answer }
}

const isRefused = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(false)
    })
    socket.on('error', () => resolve(true))
  })

test('requests that are under way when the server stops are answered; new connections are refused meanwhile', async () => {
  const finish: (() => void)[] = []
  const { port } = await serving((_request, response) => void finish.push(() => response.end('done')))
  const asked = await asking(port)
  const stopped = stopServing(server, 0)
  while (!(await isRefused(port)));
  expect(asked.socket.destroyed).toBe(false)
  for (const end of finish) end()
  await Promise.all([stopped, asked.closed])
  expect(asked.answer()).toMatch(/^HTTP\/1\.1 200 OK.*done/s)
})

test('a request that never ends is closed when the time to finish is over, so that the process ends', async () => {
  const { port } = await serving(() => {})
  const asked = await asking(port)
  await stopServing(server, 0, 50)
  await asked.closed
  expect(asked.answer()).toBe('')
})
