import type { Shown } from '../../client/api'
import { Moment } from '../../parts/Moment'
import classes from './MessageDetails.module.css'
import { messageSteps } from './messageSteps'

/** What became of the message, from the plan to the receipt. */
export function MessageStory({ message }: { message: Shown['Notification'] }) {
  return (
    <section>
      <h2>What became of it</h2>
      <ol className={classes.steps}>
        {messageSteps(message).map(({ at, text, tone }) => (
          <li key={`${at} ${text}`} data-tone={tone}>
            <span>{at !== undefined && <Moment at={at} />}</span>
            <span>{text}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
