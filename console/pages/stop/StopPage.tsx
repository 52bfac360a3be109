import { Button, Group } from '@mantine/core'
import { Fragment, useState } from 'react'
import { Link, useParams } from 'wouter'
import { useTitle } from '../../app/useTitle'
import type { Shown } from '../../client/api'
import { Answered } from '../../parts/Answered'
import { Badge } from '../../parts/Badge'
import { Empty } from '../../parts/Empty'
import { Moment } from '../../parts/Moment'
import { PageHead } from '../../parts/PageHead'
import { stopStatusWords } from '../../parts/words'
import { Message } from './Message'
import classes from './StopPage.module.css'
import { TellByPhone } from './TellByPhone'
import { Timeline } from './Timeline'
import { timelineOf } from './timeline'
import { type StopRef, useExplanation, useRouteOfStop } from './useStop'

/** One stop: its messages with their exact text, and everything that explains them. */
export default function StopPage() {
  const ref = useParams<{ routeId: string; stopId: string }>()
  const route = useRouteOfStop(ref)
  return (
    <Answered query={route} what="the stop">
      {(found) => {
        const index = found.stops.findIndex(({ stopId }) => stopId === ref.stopId)
        const stop = found.stops[index]
        if (stop === undefined) return <Empty title={`Route ${found.name} has no stop ${ref.stopId}`} />
        return <Found key={`${ref.routeId} ${ref.stopId}`} route={found} stop={stop} number={index + 1} stopRef={ref} />
      }}
    </Answered>
  )
}

interface FoundProps {
  route: Shown['Route']
  stop: Shown['Stop']
  number: number
  stopRef: StopRef
}

function Found({ route, stop, number, stopRef }: FoundProps) {
  useTitle(`Stop ${number} of ${route.name}`)
  const explanation = useExplanation(stopRef)
  const [only, setOnly] = useState<string | null>(null)
  const temporalUrl = explanation.data?.temporalUrl
  return (
    <>
      <PageHead title={`Stop ${number}: ${stop.address}`} about={<About route={route} stop={stop} />}>
        <TellByPhone stop={stop} stopRef={stopRef} />
        {temporalUrl !== undefined && (
          <Button component="a" href={temporalUrl} target="_blank" rel="noreferrer" variant="default">
            Open in Temporal
          </Button>
        )}
      </PageHead>
      <div className={classes.columns}>
        <section aria-labelledby="messages">
          <h2 id="messages" className={classes.heading}>
            Messages
          </h2>
          {stop.notifications.length === 0 && (
            <p className={classes.none}>
              {route.status === 'planned'
                ? 'None yet: nobody is told before the route is confirmed.'
                : 'None: see at the right why.'}
            </p>
          )}
          {stop.notifications.map((notification) => (
            <Message
              key={notification.id}
              notification={notification}
              all={stop.notifications}
              isChosen={only === notification.id}
              choose={() => setOnly(only === notification.id ? null : notification.id)}
            />
          ))}
        </section>
        <section aria-labelledby="story">
          <Group justify="space-between">
            <h2 id="story" className={classes.heading}>
              What happened, and why
            </h2>
            {only !== null && (
              <Button size="compact-xs" variant="default" onClick={() => setOnly(null)}>
                Show all messages
              </Button>
            )}
          </Group>
          <Answered query={explanation} what="the explanation">
            {({ entries }) => <Timeline items={timelineOf(entries)} only={only} />}
          </Answered>
        </section>
      </div>
    </>
  )
}

function About({ route, stop }: Pick<FoundProps, 'route' | 'stop'>) {
  const { text, tone } = stopStatusWords[stop.status]
  const { toldWindow, arrivedAt, departedAt } = stop
  return (
    <>
      <div>
        <Badge tone={tone}>{text}</Badge> {stop.kind} on route{' '}
        <Link href={`/routes?day=${route.serviceDate}`} className={classes.link}>
          {route.name}
        </Link>
        , contract{stop.contracts.length > 1 && 's'}{' '}
        {stop.contracts.map((number, index) => (
          <Fragment key={number}>
            {index > 0 && ', '}
            <Link href={`/contracts/${number}`} className={classes.link}>
              {number}
            </Link>
          </Fragment>
        ))}
      </div>
      <div>
        Scheduled <Moment at={stop.scheduledAt} />
        {toldWindow !== undefined && (
          <>
            , customer was told <Moment at={toldWindow.start} /> to <Moment at={toldWindow.end} />
          </>
        )}
        {arrivedAt !== undefined && (
          <>
            , arrived <Moment at={arrivedAt} />
          </>
        )}
        {departedAt !== undefined && (
          <>
            , departed <Moment at={departedAt} />
          </>
        )}
      </div>
    </>
  )
}
