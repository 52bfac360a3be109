import { memo } from 'react'
import { Badge } from '../../parts/Badge'
import { routeStatusWords } from '../../parts/words'
import { ArrivalSource } from './ArrivalSource'
import classes from './Board.module.css'
import { NextUp } from './NextUp'
import type { Need } from './needs'
import { RouteActions } from './RouteActions'
import type { Ask } from './RouteDialog'
import { StopStrip } from './StopStrip'
import type { DayRoute } from './useDay'

interface RouteRowProps {
  route: DayRoute
  needs: Need[]
  ask: Ask
}

/** A route at a glance: who drives, where it stands, what is wrong, what comes next. */
export const RouteRow = memo(function RouteRow({ route, needs, ask }: RouteRowProps) {
  const { routeId, name, status, truck, driver } = route
  const { text, tone } = routeStatusWords[status]
  return (
    <>
      <div className={classes.who}>
        <h2 className={classes.name}>{name}</h2>
        <Badge tone={tone}>{text}</Badge>
        <div className={classes.aside}>
          {[truck?.name ?? 'No truck', driver?.name, routeId === name ? undefined : routeId]
            .filter(Boolean)
            .join(' · ')}
        </div>
        {needs.map((need) => (
          <div key={need.text} className={classes.need} data-tone={need.tone}>
            {need.text}
          </div>
        ))}
      </div>
      <StopStrip route={route} />
      <div className={classes.facts}>
        <ArrivalSource route={route} />
        <NextUp route={route} />
      </div>
      <RouteActions route={route} ask={ask} />
    </>
  )
}, looksTheSame)

/** The rows are looked at anew every few seconds, and hardly any has changed. */
function looksTheSame(before: RouteRowProps, after: RouteRowProps): boolean {
  const said = ({ needs }: RouteRowProps) => needs.map(({ text, tone }) => `${tone} ${text}`).join('\n')
  return before.route === after.route && said(before) === said(after)
}
