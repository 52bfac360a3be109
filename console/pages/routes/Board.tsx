import { useDeferredValue, useMemo } from 'react'
import { useNow } from '../../client/serverClock'
import { Empty } from '../../parts/Empty'
import { useRowKeys } from '../../parts/useRowKeys'
import { count } from '../../parts/words'
import classes from './Board.module.css'
import { inOrder, matches } from './inOrder'
import { Legend } from './Legend'
import { RouteRow } from './RouteRow'
import type { DayRoute } from './useDay'

/** One row a route, what needs attention first. */
export function Board({ routes, sought }: { routes: readonly DayRoute[]; sought: string }) {
  const now = useNow()
  const list = useRowKeys<HTMLUListElement>()
  const listed = useMemo(() => inOrder(routes, now), [routes, now])
  // Typing stays quick however many rows there are.
  const search = useDeferredValue(sought)
  const shown = listed.filter(({ route }) => matches(route, search))
  const inNeed = shown.filter(({ needs }) => needs.length > 0).length
  if (routes.length === 0)
    return <Empty title="No route on this day">Routes come from the dispatch system, as it plans them.</Empty>
  return (
    <>
      <p role="status" className={classes.summary}>
        {count(shown.length, 'route')}
        {shown.length < routes.length && ` of ${routes.length}`},{' '}
        {inNeed === 0 ? 'none needs attention' : `${inNeed} ${inNeed === 1 ? 'needs' : 'need'} attention`}
      </p>
      <ul ref={list} className={classes.list}>
        {shown.map(({ route, needs }) => (
          <RouteRow key={route.routeId} route={route} needs={needs} />
        ))}
      </ul>
      {shown.length === 0 && <Empty title="No route has all of these words" />}
      <Legend />
    </>
  )
}
