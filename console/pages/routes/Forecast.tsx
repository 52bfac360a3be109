import type { ReactNode } from 'react'
import type { Shown } from '../../client/api'
import { Badge } from '../../parts/Badge'
import { Moment } from '../../parts/Moment'
import { statusWords } from '../../parts/statusWords'
import { channelWords, count, eventWords } from '../../parts/words'
import classes from './Forecast.module.css'
import { sortForecast } from './sortForecast'
import type { DayStop } from './useDay'

type Entry = Shown['Forecast']['notifications'][number]

/** Who will be told what and when, in the exact words; and who will not, and why. */
export function Forecast({ forecast, stops }: { forecast: Shown['Forecast']; stops: readonly DayStop[] }) {
  const { told, later, reserve, suppressed } = sortForecast(forecast)
  const placeOf = (stopId: string | null) => {
    const index = stops.findIndex((stop) => stop.stopId === stopId)
    return index === -1 ? 'Whole route' : `Stop ${index + 1}, ${stops[index]?.address}`
  }
  const line = (entry: Entry, when: ReactNode) => (
    <li key={keyOf(entry)} className={classes.entry}>
      <div className={classes.when}>{when}</div>
      <div>
        <div className={classes.who}>
          {channelWords[entry.channel]} to <b>{entry.recipient}</b>
        </div>
        <div className={classes.place}>
          {eventWords[entry.event]}, {placeOf(entry.stopId)}
        </div>
        {entry.subject !== undefined && <p className={classes.subject}>{entry.subject}</p>}
        <p className={classes.text}>{entry.text}</p>
      </div>
    </li>
  )
  const missing = suppressed.length + forecast.notTold.length
  return (
    <>
      <p className={classes.summary}>
        {told.length === 0
          ? 'No message will be sent by this confirmation.'
          : `${count(told.length, 'message')} will be sent.`}{' '}
        {missing > 0 && `What does not go out, and why, stands below (${missing}).`}
      </p>
      <Section title="Who will be told" entries={told}>
        {told.map((entry) =>
          line(
            entry,
            <>
              <Moment at={entry.sendAt ?? ''} relative />
              {entry.action === 'hold' && <Badge tone="waiting">held by quiet hours</Badge>}
            </>,
          ),
        )}
      </Section>
      <Section title="Who will not be told, and why" entries={[...suppressed, ...forecast.notTold]}>
        {suppressed.map((entry) => (
          <li key={keyOf(entry)} className={classes.entry}>
            <div className={classes.when}>
              <Badge tone="warning">{statusWords({ status: 'suppressed', reason: entry.reason }).text}</Badge>
            </div>
            <div>
              {channelWords[entry.channel]} to <b>{entry.recipient}</b>
              <div className={classes.place}>
                {eventWords[entry.event]}, {placeOf(entry.stopId)}
              </div>
            </div>
          </li>
        ))}
        {forecast.notTold.map(({ stopId, contractNumber, event, reasonText }) => (
          <li key={`${stopId} ${contractNumber} ${event}`} className={classes.entry}>
            <div className={classes.when}>Contract {contractNumber}</div>
            <div>
              {reasonText}
              <div className={classes.place}>
                {eventWords[event]}, {placeOf(stopId)}
              </div>
            </div>
          </li>
        ))}
      </Section>
      <Folded title="Later, as the truck arrives and departs" entries={later}>
        {later.map((entry) => line(entry, `On ${entry.event === 'departed' ? 'departure' : 'arrival'}`))}
      </Folded>
      <Folded title="Only if the text fails" entries={reserve}>
        {reserve.map((entry) => line(entry, 'In reserve'))}
      </Folded>
    </>
  )
}

interface SectionProps {
  title: string
  entries: readonly unknown[]
  children: ReactNode
}

function Section({ title, entries, children }: SectionProps) {
  if (entries.length === 0) return null
  return (
    <section>
      <h3 className={classes.heading}>
        {title} ({entries.length})
      </h3>
      <ul className={classes.list}>{children}</ul>
    </section>
  )
}

function Folded({ title, entries, children }: SectionProps) {
  if (entries.length === 0) return null
  return (
    <details className={classes.folded}>
      <summary className={classes.heading}>
        {title} ({entries.length})
      </summary>
      <ul className={classes.list}>{children}</ul>
    </details>
  )
}

function keyOf({ stopId, event, channel, recipient }: Entry): string {
  return [stopId, event, channel, recipient].join(' ')
}
