import { Moment } from '../../parts/Moment'
import classes from './Timeline.module.css'
import type { TimelineItem } from './timeline'

/** What happened at a stop and to its messages, and why; with `only`, what is about that message or about all. */
export function Timeline({ items, only }: { items: readonly TimelineItem[]; only: string | null }) {
  const shown = items.filter(
    ({ notificationId }) => only === null || notificationId === null || notificationId === only,
  )
  return (
    <ol className={classes.timeline}>
      {shown.map(({ at, text, kind, tone, symbol, isAhead, gap }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries of one moment and kind have no other identity
        <li key={`${at} ${kind} ${index}`} className={classes.item} data-ahead={isAhead || undefined}>
          <span className={classes.sign} data-tone={tone} aria-hidden="true">
            {symbol}
          </span>
          <div>
            <div className={classes.when}>
              {isAhead && 'to come, '}
              <Moment at={at} />
              {gap !== null && `, ${gap}`}
            </div>
            <p className={classes.text}>{text}</p>
          </div>
        </li>
      ))}
    </ol>
  )
}
