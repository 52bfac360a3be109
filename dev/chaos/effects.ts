import type { Client } from './client'
import { companyId, patientCompanyId } from './company'
import type { PlannedRoute, StoryKind } from './plan'

/** What a route is at the end, if no accepted request was without effect: its status, and that of its stops. */
const ends: Record<StoryKind, [route: string, stops: string]> = {
  life: ['completed', 'departed'],
  geofence: ['completed', 'departed'],
  moved: ['completed', 'departed'],
  confirmedAgain: ['completed', 'departed'],
  cancelled: ['cancelled', 'pending'],
  takenBack: ['planned', 'pending'],
}

export function companyOf({ kind }: Pick<PlannedRoute, 'kind'>): string {
  return kind === 'takenBack' ? patientCompanyId : companyId
}

interface RouteAnswer {
  status: string
  stops: { stopId: string; status: string }[]
}

/** Accepted requests of which nothing is to be seen over REST; each in words. */
export async function withoutEffect(client: Client, routes: readonly PlannedRoute[]): Promise<string[]> {
  const missing: string[] = []
  for (const { routeId, kind, stops } of routes) {
    const [status, stopStatus] = ends[kind]
    const route = (await client.call('GET', `/companies/${companyOf({ kind })}/routes/${routeId}`)) as RouteAnswer
    if (route.status !== status) missing.push(`route ${routeId} (${kind}) is ${route.status}, not ${status}`)
    for (const { stopId } of stops) {
      const found = route.stops.find((stop) => stop.stopId === stopId)?.status
      if (found !== stopStatus) missing.push(`stop ${stopId} of ${routeId} (${kind}) is ${found}, not ${stopStatus}`)
    }
  }
  const stopped = routes.flatMap(({ stops }) =>
    stops.flatMap(({ recipients }) => recipients.filter((each) => each.stops)),
  )
  for (const { address } of stopped) {
    const path = `/companies/${companyId}/consents?address=${encodeURIComponent(address)}`
    const { items } = (await client.call('GET', path)) as { items: { action: string }[] }
    if (!items.some(({ action }) => action === 'revoked')) missing.push(`the STOP of ${address} is not listed`)
  }
  return missing
}
