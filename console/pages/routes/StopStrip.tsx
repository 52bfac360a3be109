import { VisuallyHidden } from '@mantine/core'
import { Link } from 'wouter'
import { useCompany } from '../../app/company'
import type { Times } from '../../parts/times'
import { stopStatusWords } from '../../parts/words'
import { type Chip, chipsOf } from './chips'
import classes from './StopStrip.module.css'
import type { DayRoute, DayStop } from './useDay'

/** The stops of a route in their order: where each stands, and under it how far its messages are. Each leads to its page. */
export function StopStrip({ route: { routeId, stops } }: { route: DayRoute }) {
  const { times } = useCompany()
  return (
    <ol className={classes.strip}>
      {stops.map((stop, index) => {
        const chips = chipsOf(stop.messages)
        const label = labelOf(stop, index, chips, times)
        return (
          <li key={stop.stopId}>
            <Link
              href={`/routes/${routeId}/stops/${stop.stopId}`}
              className={classes.stop}
              data-status={stop.status}
              title={label}
            >
              <VisuallyHidden>{label}</VisuallyHidden>
              <span aria-hidden="true" className={classes.number}>
                {stop.status === 'departed' ? '✓' : index + 1}
              </span>
              <span aria-hidden="true" className={classes.clock}>
                {times
                  .clock(stop.scheduledAt)
                  .replace(/ ([AP])M$/, '$1')
                  .toLowerCase()}
              </span>
              <span aria-hidden="true" className={classes.chips}>
                {chips.map(({ event, symbol, tone }) => (
                  <span key={event} data-tone={tone}>
                    {symbol}
                  </span>
                ))}
              </span>
            </Link>
          </li>
        )
      })}
    </ol>
  )
}

function labelOf(stop: DayStop, index: number, chips: readonly Chip[], times: Times): string {
  const { kind, address, scheduledAt, status, arrivedAt, departedAt } = stop
  const came = [
    arrivedAt !== undefined && `arrived ${times.short(arrivedAt, scheduledAt)}`,
    departedAt !== undefined && `departed ${times.short(departedAt, scheduledAt)}`,
  ].filter((part) => part !== false)
  const state = came.length > 0 ? came.join(', ') : stopStatusWords[status].text.toLowerCase()
  const told = chips.length === 0 ? 'No messages' : chips.map(({ label }) => label).join('. ')
  return `Stop ${index + 1}, ${kind}, ${address}. Scheduled ${times.clock(scheduledAt)}, ${state}. ${told}.`
}
