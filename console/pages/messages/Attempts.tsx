import { useCompany } from '../../app/company'
import type { Shown } from '../../client/api'
import { count } from '../../parts/words'
import classes from './MessageDetails.module.css'

/** What the provider's people would ask for, folded away. */
export function Attempts({ message: { attempts, providerId, id } }: { message: Shown['Notification'] }) {
  const { times } = useCompany()
  return (
    <details className={classes.technical}>
      <summary>Technical details, {count(attempts.length, 'attempt')}</summary>
      <dl className={classes.facts}>
        <dt>Message</dt>
        <dd>{id}</dd>
        {providerId !== undefined && (
          <>
            <dt>At the provider</dt>
            <dd>{providerId}</dd>
          </>
        )}
      </dl>
      <ol>
        {attempts.map(({ at, outcome, code, message }) => (
          <li key={at}>
            {times.full(at)}: {outcome}
            {code !== undefined && `, code ${code}`}
            {message !== undefined && <pre>{message}</pre>}
          </li>
        ))}
      </ol>
    </details>
  )
}
