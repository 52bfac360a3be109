import { Button, Group } from '@mantine/core'
import { useState } from 'react'
import { useCompany } from '../../app/company'
import { Moment } from '../../parts/Moment'
import { StatusBadge } from '../../parts/StatusBadge'
import { channelWords, count, eventWords } from '../../parts/words'
import classes from './Message.module.css'
import { ResendDialog } from './ResendDialog'
import { sizeOf } from './sizeOf'
import type { Notification } from './useStop'

interface MessageProps {
  notification: Notification
  /** Of the stop, to see which are the latest of their kind. */
  all: readonly Notification[]
  isChosen: boolean
  choose: () => void
}

/** One message: to whom, how far it is, and its exact words. */
export function Message({ notification, all, isChosen, choose }: MessageProps) {
  const { mayChange } = useCompany()
  const [resending, setResending] = useState(false)
  const { event, channel, recipient, subject, text, shortened, attempts, providerId, reasonText } = notification
  return (
    <article className={classes.message} data-chosen={isChosen || undefined}>
      <Group justify="space-between" gap={8} align="baseline">
        <h3 className={classes.title}>
          {eventWords[event]} <span className={classes.way}>{channelWords[channel].toLowerCase()} to</span> {recipient}
        </h3>
        <StatusBadge {...notification} />
      </Group>
      <div className={classes.moments}>
        <Moments notification={notification} />
      </div>
      {reasonText !== undefined && <p className={classes.reason}>{reasonText}</p>}
      {subject !== undefined && <p className={classes.subject}>{subject}</p>}
      {text !== undefined && <p className={classes.text}>{text}</p>}
      <div className={classes.foot}>
        {channel === 'sms' && text !== undefined && text !== '***' && <span>{sizeOf(text)}</span>}
        {shortened && <span>shortened to the limit</span>}
        <Button size="compact-xs" variant="subtle" onClick={choose} aria-pressed={isChosen}>
          {isChosen ? 'Show all' : 'Why'}
        </Button>
        {mayChange && mayBeResent(notification, all) && (
          <Button size="compact-xs" variant="default" onClick={() => setResending(true)}>
            Send again …
          </Button>
        )}
      </div>
      {attempts.length > 0 && (
        <details className={classes.details}>
          <summary>
            {count(attempts.length, 'call')} to the provider
            {providerId !== undefined && `, id ${providerId}`}
          </summary>
          <ol>
            {attempts.map(({ at, outcome, code, message }) => (
              <li key={at}>
                <Moment at={at} /> {outcome.replace('_', ' ')} {[code, message].filter(Boolean).join(': ')}
              </li>
            ))}
          </ol>
        </details>
      )}
      {resending && <ResendDialog notification={notification} close={() => setResending(false)} />}
    </article>
  )
}

function Moments({ notification: { plannedAt, sentAt, deliveredAt, status } }: Pick<MessageProps, 'notification'>) {
  if (deliveredAt !== undefined)
    return (
      <>
        delivered <Moment at={deliveredAt} relative />
      </>
    )
  if (sentAt !== undefined)
    return (
      <>
        sent <Moment at={sentAt} relative />
      </>
    )
  if (plannedAt === undefined) return 'no moment'
  return (
    <>
      {status === 'planned' || status === 'held' ? 'due' : 'was due'} <Moment at={plannedAt} relative />
    </>
  )
}

/** Only what did not arrive, and of its revisions the last; the API refuses the rest with its reason. */
function mayBeResent(notification: Notification, all: readonly Notification[]): boolean {
  const { status, event, channel, recipient, erasedAt } = notification
  const last = all.findLast((each) => each.event === event && each.channel === channel && each.recipient === recipient)
  const ended = status === 'failed' || status === 'undelivered' || status === 'unknown'
  return ended && last === notification && erasedAt === undefined
}
