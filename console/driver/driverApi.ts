import type { components } from '../client/apiTypes.gen'
import type { Report } from './report'

export type DriverRoute = components['schemas']['DriverRoute']
export type DriverStop = components['schemas']['DriverStop']

/** What became of a report: the API has it, has refused it for good, or has not said. */
export type Outcome = 'accepted' | 'later' | { refused: string }

export type DriverApi = ReturnType<typeof createDriverApi>

const patienceMs = 15_000

/** The two things that a driver's link can ask. `answered` hears of every answer. */
export function createDriverApi(token: string, answered: (response: Response) => void) {
  async function ask(path: string, body?: unknown): Promise<Response | null> {
    try {
      const response = await fetch(`/v1/driver/${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          ...(body !== undefined && { 'Content-Type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        credentials: 'omit',
        signal: AbortSignal.timeout(patienceMs),
      })
      answered(response)
      return response
    } catch {
      return null
    }
  }

  return {
    /** The route; `gone` when the link no longer works, null when nobody answers. */
    async route(): Promise<DriverRoute | 'gone' | null> {
      const response = await ask('route')
      if (response?.ok) return (await response.json().catch(() => null)) as DriverRoute | null
      return response?.status === 401 || response?.status === 404 ? 'gone' : null
    },
    async report({ stopId, kind, eventId, occurredAt }: Report): Promise<Outcome> {
      const response = await ask(`stops/${encodeURIComponent(stopId)}/${kind}`, { eventId, occurredAt })
      if (response === null) return 'later'
      if (response.ok) return 'accepted'
      // The server is busy or away, or something between here and there answers in its place.
      if (response.status === 429 || response.status >= 500) return 'later'
      const problem = (await response.json().catch(() => null)) as { code?: string; detail: string } | null
      if (problem?.code === undefined) return 'later'
      return { refused: refusals[problem.code] ?? problem.detail }
    },
  }
}

/** The API's reasons as a driver needs them: what it says itself is for whoever wrote a driver's app. */
const refusals: Record<string, string> = {
  arrival_source_is_geofence: 'The truck’s GPS reports for this stop, so your button was not counted.',
  route_closed: 'The route was over by then.',
  route_not_confirmed: 'The route was not confirmed then.',
  not_found: 'The stop is no longer on this route.',
  unauthorized: 'The link no longer works. Ask the dispatcher for a new one.',
}
