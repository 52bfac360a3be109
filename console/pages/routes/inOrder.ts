import { type Need, needsOf } from './needs'
import type { DayRoute } from './useDay'

export interface Listed {
  route: DayRoute
  needs: Need[]
}

const ranks: Record<DayRoute['status'], number> = {
  in_progress: 0,
  confirmed: 1,
  planned: 2,
  completed: 3,
  cancelled: 4,
}

/** The routes of a day as a dispatcher wants to see them: trouble first, then what is under way, then by their first stop. */
export function inOrder(routes: readonly DayRoute[], now: number): Listed[] {
  const listed = routes.map((route) => ({ route, needs: needsOf(route, now) }))
  const keyOf = ({ route: { status, stops, routeId }, needs }: Listed) =>
    [needsRank(needs), ranks[status], stops[0]?.scheduledAt ?? '', routeId].join('\n')
  return listed
    .map((each) => ({ each, key: keyOf(each) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ each }) => each)
}

function needsRank(needs: readonly Need[]): number {
  if (needs.some(({ tone }) => tone === 'bad')) return 0
  return needs.length > 0 ? 1 : 2
}

/** Whether every word of `search` is somewhere in what the board shows of the route. */
export function matches({ name, routeId, truck, driver, stops }: DayRoute, search: string): boolean {
  const shown = [name, routeId, truck?.name, driver?.name, ...stops.flatMap(({ stopId, address }) => [stopId, address])]
  const text = shown.join('\n').toLowerCase()
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word))
}
