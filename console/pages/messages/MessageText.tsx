import type { Shown } from '../../client/api'
import { count } from '../../parts/words'
import classes from './MessageDetails.module.css'

/** The exact text, as it was given to the provider. */
export function MessageText({
  message: { channel, subject, text, shortened, segments, encoding, erasedAt },
}: {
  message: Shown['Notification']
}) {
  return (
    <section>
      <h2>Text as sent</h2>
      {text === undefined ? (
        <p className={classes.quiet}>
          {erasedAt === undefined
            ? 'None: a text is written at the moment of sending, with what is known then.'
            : 'Erased, as is its recipient.'}
        </p>
      ) : (
        <>
          <blockquote className={classes.text} data-channel={channel}>
            {subject !== undefined && <b>{subject}</b>}
            {text}
          </blockquote>
          <p className={classes.quiet}>
            {segments !== undefined && `${count(segments, 'segment')}, ${encoding}`}
            {shortened && ', shortened to the limit'}
          </p>
        </>
      )}
    </section>
  )
}
