import { useCompany } from '../app/company'
import { useNow } from '../client/serverClock'
import { type At, distance } from './times'

/**
 * A moment in the company's zone: the clock, with the day unless it is today. The zone, the seconds and how far it is are
 * in its title, and with `relative` how far it is stands beside it.
 */
export function Moment({ at, relative = false }: { at: At; relative?: boolean }) {
  const { times } = useCompany()
  const now = useNow()
  const far = distance(at, now)
  return (
    <time dateTime={new Date(at).toISOString()} title={`${times.full(at)}, ${far}`}>
      {times.short(at, now)}
      {relative && ` (${far})`}
    </time>
  )
}
