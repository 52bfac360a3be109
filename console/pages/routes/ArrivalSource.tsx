import { useNow } from '../../client/serverClock'
import { distance } from '../../parts/times'
import classes from './Board.module.css'
import type { DayRoute } from './useDay'

/** Who says that the truck has arrived, and how fresh that is. */
export function ArrivalSource({ route: { arrivalSource, device, truck } }: { route: DayRoute }) {
  const now = useNow()
  const heard = device?.lastEventAt === undefined ? 'nothing yet' : distance(device.lastEventAt, now)
  const source =
    arrivalSource === 'geofence'
      ? 'GPS decides'
      : device === undefined
        ? 'Driver reports'
        : 'Driver reports, GPS silent'
  if (truck === undefined) return <div className={classes.quiet}>No truck: nobody reports arrivals</div>
  return (
    <div className={classes.quiet}>
      {source}
      {device !== undefined && `, heard ${heard}`}
    </div>
  )
}
