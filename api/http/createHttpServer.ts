import { createServer, type RequestListener, type Server } from 'node:http'

const second = 1_000

/**
 * The server that the API listens with. It gives a caller only so long: for the head of a request, for the whole of it, and
 * for each pause while an answer is being taken. So callers that are slow or gone do not pile up.
 */
export function createHttpServer(app: RequestListener): Server {
  const server = createServer(
    {
      headersTimeout: 10 * second,
      requestTimeout: 20 * second,
      // Longer than a load balancer keeps its own connections to us, so that none is closed under a request.
      keepAliveTimeout: 75 * second,
      connectionsCheckingInterval: 2 * second,
    },
    app,
  )
  // A pause on the line, of an answer that nobody takes, say.
  server.setTimeout(90 * second)
  // Beyond that even the list of connections is a burden; the system refuses them.
  server.maxConnections = 10_000
  return server
}
