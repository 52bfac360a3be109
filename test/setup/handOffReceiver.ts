import { Webhook } from 'standardwebhooks'
import { listen } from '../../dev/listen'
import { Recorder } from '../../dev/recorder'

/** One delivery to the receiver of a company, as its reference library verified it. */
export interface ReceivedHandOff {
  id: string
  genuine: boolean
  status: number
  body: { type: string; routeId: string; deviceId: string; stops: { stopId: string; scheduledAt: string }[] }
}

/** How the receiver answers: with a status, or not at all. */
type Mood = number | 'hang' | { redirectTo: string } | { status: number; retryAfter: string }

/** Whoever is behind a handOffUrl: verifies the signatures with the reference library of Standard Webhooks. */
export async function startHandOffReceiver(secret: string) {
  const received = new Recorder<ReceivedHandOff>('hand-off', ({ id, body }) => `${id} ${body.type}`)
  const verifier = new Webhook(secret)
  const state = { mood: 200 as Mood }
  const server = await listen('The receiver', (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const raw = Buffer.concat(chunks).toString()
      const { mood } = state
      const status = typeof mood === 'number' ? mood : mood === 'hang' ? 0 : 'status' in mood ? mood.status : 307
      const body = JSON.parse(raw) as ReceivedHandOff['body']
      received.add({
        id: String(request.headers['webhook-id']),
        genuine: isGenuine(raw, request.headers),
        status,
        body,
      })
      if (mood === 'hang') return
      if (typeof mood === 'object' && 'redirectTo' in mood) response.setHeader('Location', mood.redirectTo)
      if (typeof mood === 'object' && 'retryAfter' in mood) response.setHeader('Retry-After', mood.retryAfter)
      response.writeHead(status).end('{}')
    })
  })
  function isGenuine(raw: string, headers: NodeJS.Dict<string | string[]>): boolean {
    try {
      verifier.verify(raw, headers as Record<string, string>)
      return true
    } catch {
      return false
    }
  }
  return {
    url: server.url,
    received,
    /** What was taken, each delivery once: a receiver that remembers ids. */
    get taken(): ReceivedHandOff[] {
      const good = received.all.filter(({ status }) => status >= 200 && status < 300)
      return good.filter(({ id }, index) => good.findIndex((other) => other.id === id) === index)
    },
    answer(mood: Mood): void {
      state.mood = mood
    },
    clear(): void {
      received.clear()
      state.mood = 200
    },
    stop: () => server.stop(),
  }
}

export type HandOffReceiverStandIn = Awaited<ReturnType<typeof startHandOffReceiver>>
