import { externalIdsOf } from './bodies'

type Named = Parameters<typeof externalIdsOf>[0]

/** Parts a `stopId` from what makes it unique: no id of ours holds one. */
const parting = '~'

/** How a stop of ours is called at Samsara, so that its events name it. */
export type StopNaming = (stopId: string) => Record<string, string>

/** By our own id. */
export const plainNaming: StopNaming = (stopId) => ({ stopId })

/**
 * No two objects of a Samsara organization may share an external id, and two routes of ours may have a stop `s1` each: then
 * the stop is called by its id and that of the hand-off.
 */
export function uniqueNaming(handOffId: string): StopNaming {
  return (stopId) => ({ cmpStopId: `${stopId}${parting}${handOffId.slice(0, 8)}` })
}

/** Our id of a stop by what Samsara calls it; null for one that is not ours. */
export function ownStopId(stop: Named): string | null {
  const names = externalIdsOf(stop)
  return names.get('stopId') ?? names.get('cmpStopId')?.split(parting)[0] ?? null
}
