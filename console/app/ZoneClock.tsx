import { useNow } from '../client/serverClock'
import { useCompany } from './company'
import classes from './ZoneClock.module.css'

/** What time it is at the company: every time on its pages is on this clock. */
export function ZoneClock() {
  const { times, zone } = useCompany()
  const now = useNow()
  return (
    <span className={classes.clock} title={times.full(now)}>
      <span className={classes.day}>{times.day(now)}, </span>
      {times.clock(now)} <span className={classes.zone}>{zone.replaceAll('_', ' ')}</span>
    </span>
  )
}
