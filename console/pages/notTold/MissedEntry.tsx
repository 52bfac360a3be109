import { Anchor } from '@mantine/core'
import type { ReactNode } from 'react'
import { Link, useLocation } from 'wouter'
import { useCompany } from '../../app/company'
import type { Shown } from '../../client/api'
import { isResendable, ResendButton } from '../../parts/ResendButton'
import classes from './NotTold.module.css'

interface MissedEntryProps {
  routeId: string
  /** Null for a message about the whole route. */
  stopId: string | null
  contractNumbers: readonly string[]
  badge: ReactNode
  why: string
  todo: string
  messages: readonly Shown['Notification'][]
}

/** One thing that needs a person: whose, why, what to do, and where. */
export function MissedEntry({ routeId, stopId, contractNumbers, badge, why, todo, messages }: MissedEntryProps) {
  const { mayChange } = useCompany()
  const [, navigate] = useLocation()
  const stop = stopId === null ? null : `/routes/${routeId}/stops/${stopId}`
  const again = mayChange ? messages.filter(isResendable) : []
  return (
    <li
      className={classes.entry}
      data-row
      tabIndex={-1}
      onKeyDown={(event) =>
        event.key === 'Enter' && event.target === event.currentTarget && stop !== null && navigate(stop)
      }
    >
      <div className={classes.whose}>
        {contractNumbers.map((number) => (
          <Anchor key={number} component={Link} href={`/contracts/${number}`} inherit>
            Contract {number}
          </Anchor>
        ))}
        {stop === null ? (
          <span>People of the company</span>
        ) : (
          <Anchor component={Link} href={stop} inherit>
            Stop {stopId}
          </Anchor>
        )}
      </div>
      <div>
        {badge} {why}
        <p className={classes.todo}>{todo}</p>
      </div>
      <div className={classes.actions} data-no-print>
        {again.map(({ id, recipient }) => (
          <ResendButton key={id} id={id} recipient={recipient} />
        ))}
      </div>
    </li>
  )
}
