import { Moment } from '../../parts/Moment'
import { eventWords } from '../../parts/words'
import classes from './Board.module.css'
import type { DayRoute } from './useDay'

/** The next thing that will happen on a route by itself, and when. */
export function NextUp({ route: { status, next, stops } }: { route: DayRoute }) {
  if (next !== undefined) {
    const number = stops.findIndex(({ stopId }) => stopId === next.stopId) + 1
    return (
      <div>
        Next: {eventWords[next.event].toLowerCase()} {number === 0 ? 'to your own people' : `to stop ${number}`},{' '}
        <Moment at={next.at} relative />
      </div>
    )
  }
  if (status === 'planned') return <div className={classes.quiet}>Nobody is told before it is confirmed</div>
  const awaited = stops.findIndex((stop) => stop.status === 'pending' || stop.status === 'arrived')
  if (awaited === -1 || status === 'completed' || status === 'cancelled')
    return <div className={classes.quiet}>Nothing more to come</div>
  const what = stops[awaited]?.status === 'arrived' ? 'departure from' : 'arrival at'
  return (
    <div className={classes.quiet}>
      Waits for the {what} stop {awaited + 1}
    </div>
  )
}
