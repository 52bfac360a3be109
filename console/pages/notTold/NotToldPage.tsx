import { Button } from '@mantine/core'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { useCompany } from '../../app/company'
import { useNow } from '../../client/serverClock'
import { Answered } from '../../parts/Answered'
import { DayPicker } from '../../parts/DayPicker'
import { Empty } from '../../parts/Empty'
import { PageHead } from '../../parts/PageHead'
import { usePrinting } from '../../parts/usePrinting'
import { useRowKeys } from '../../parts/useRowKeys'
import { count } from '../../parts/words'
import type { Missed, MissedRoute } from './groupByRoute'
import { RouteSection } from './RouteSection'
import { ToldByPhone } from './ToldByPhone'
import { useMissed } from './useMissed'

/** So many routes are drawn at a time: on a day without notifications it is every customer. */
const routesAtATime = 20

/** Who could not be told on a day, and what a person can do about it. */
export default function NotToldPage() {
  const { times } = useCompany()
  const [params, setParams] = useSearchParams()
  const today = times.date(useNow())
  const day = params.get('day') ?? today
  const missed = useMissed(day)
  return (
    <>
      <PageHead
        title="Could not be told"
        about={
          <span role="status">
            {times.dayOfDate(day)}
            {day === today && ', today'}
            {missed.data !== undefined && `: ${summary(missed.data)}`}
          </span>
        }
      >
        <DayPicker
          day={day}
          today={today}
          onChange={(chosen) => setParams(chosen === today ? {} : { day: chosen }, { replace: true })}
        />
      </PageHead>
      <Answered query={missed} what="who could not be told">
        {({ routes, toldByPhone }) => (
          <>
            <MissedRoutes key={day} routes={routes} day={day} />
            <ToldByPhone customers={toldByPhone} />
          </>
        )}
      </Answered>
    </>
  )
}

function MissedRoutes({ routes, day }: { routes: MissedRoute[]; day: string }) {
  const list = useRowKeys<HTMLDivElement>()
  const printing = usePrinting()
  const [drawn, setDrawn] = useState(routesAtATime)
  if (routes.length === 0)
    return (
      <Empty title="There is nobody left to tell">
        So far, that is: what is still to be sent, or on its way, may yet fail and will then stand here.
      </Empty>
    )
  return (
    <div ref={list}>
      {routes.slice(0, printing ? routes.length : drawn).map((route) => (
        <RouteSection key={route.routeId} route={route} day={day} />
      ))}
      {drawn < routes.length && (
        <Button variant="default" onClick={() => setDrawn(drawn + routesAtATime)}>
          Show more routes ({routes.length - drawn} left)
        </Button>
      )}
    </div>
  )
}

function summary({ routes, toldByPhone }: Missed): string {
  const customers = routes.reduce((sum, route) => sum + route.customers.length, 0)
  const others = routes.reduce((sum, route) => sum + route.others.length, 0)
  const said = `${count(customers, 'time')} a customer was told nothing, on ${count(routes.length, 'route')}`
  const more = [
    others > 0 && `${count(others, 'other message')} did not arrive`,
    toldByPhone.length > 0 && `${count(toldByPhone.length, 'time')} a customer was told by phone instead`,
  ]
  return [said, ...more].filter(Boolean).join('; ')
}
