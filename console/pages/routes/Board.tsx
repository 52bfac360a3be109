import { Fragment, useDeferredValue, useMemo, useState } from 'react'
import { useNow } from '../../client/serverClock'
import { Empty } from '../../parts/Empty'
import { useRowKeys } from '../../parts/useRowKeys'
import { useRowWindow } from '../../parts/useRowWindow'
import { count } from '../../parts/words'
import classes from './Board.module.css'
import { inOrder, matches } from './inOrder'
import { Legend } from './Legend'
import { type Asked, RouteDialog } from './RouteDialog'
import { RouteRow } from './RouteRow'
import type { DayRoute } from './useDay'

/** So many rows are drawn without thinking; each has dozens of parts. */
const fewRoutes = 30

/** One row a route, what needs attention first; of hundreds those near what is seen. */
export function Board({ routes, sought }: { routes: readonly DayRoute[]; sought: string }) {
  const now = useNow()
  const list = useRowKeys<HTMLUListElement>()
  const listed = useMemo(() => inOrder(routes, now), [routes, now])
  // Typing stays quick however many rows there are.
  const search = useDeferredValue(sought)
  const shown = useMemo(() => listed.filter(({ route }) => matches(route, search)), [listed, search])
  const keys = useMemo(() => shown.map(({ route }) => route.routeId), [shown])
  const { rows, below, measure, onFocus } = useRowWindow(list, keys, { few: fewRoutes, height: 96 })
  // Not in the row: that may move away, or be left undrawn, while somebody reads a dialog about it.
  const [asked, ask] = useState<Asked | null>(null)
  const askedAbout = routes.find(({ routeId }) => routeId === asked?.routeId)
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
      <ul ref={list} className={classes.list} onFocus={onFocus}>
        {rows.map(({ index, gap }) => {
          const listedHere = shown[index]
          if (listedHere === undefined) return null
          const { route, needs } = listedHere
          return (
            <Fragment key={route.routeId}>
              {gap > 0 && <li aria-hidden="true" style={{ height: gap }} />}
              <li
                ref={measure}
                className={classes.row}
                data-row
                data-index={index}
                data-tone={needs[0]?.tone}
                aria-setsize={shown.length}
                aria-posinset={index + 1}
                aria-label={`Route ${route.name}`}
                tabIndex={-1}
              >
                <RouteRow route={route} needs={needs} ask={ask} />
              </li>
            </Fragment>
          )
        })}
        {below > 0 && <li aria-hidden="true" style={{ height: below }} />}
      </ul>
      {asked !== null && askedAbout !== undefined && (
        <RouteDialog route={askedAbout} what={asked.what} close={() => ask(null)} />
      )}
      {shown.length === 0 && <Empty title="No route has all of these words" />}
      <Legend />
    </>
  )
}
