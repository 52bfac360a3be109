import { Anchor } from '@mantine/core'
import { Fragment } from 'react'
import { Link } from 'wouter'
import { useCompany } from '../../app/company'
import type { Shown } from '../../client/api'
import { isResendable, ResendButton } from '../../parts/ResendButton'
import { StatusBadge } from '../../parts/StatusBadge'
import { eventWords } from '../../parts/words'
import { Attempts } from './Attempts'
import classes from './MessageDetails.module.css'
import { MessageStory } from './MessageStory'
import { MessageText } from './MessageText'

interface MessageDetailsProps {
  message: Shown['Notification']
  open: (id: string) => void
}

/** All that is known of one message. */
export function MessageDetails({ message, open }: MessageDetailsProps) {
  const { mayChange } = useCompany()
  const { id, routeId, stopId, event, channel, recipient, contractNumbers, status, reason, successorId } = message
  return (
    <div className={classes.details}>
      <div>
        <StatusBadge status={status} reason={reason} />
        {message.reasonText !== undefined && <p>{message.reasonText}</p>}
      </div>
      {successorId !== undefined && (
        <p className={classes.note}>
          It was planned again since then.{' '}
          <Anchor component="button" type="button" onClick={() => open(successorId)}>
            Open the latest
          </Anchor>
        </p>
      )}
      {mayChange && isResendable(message) && <ResendButton id={id} recipient={recipient} />}
      <dl className={classes.facts}>
        <dt>{channel === 'sms' ? 'Text to' : 'Email to'}</dt>
        <dd>{recipient}</dd>
        <dt>About</dt>
        <dd>{eventWords[event]}</dd>
        <dt>{contractNumbers.length > 1 ? 'Contracts' : 'Contract'}</dt>
        <dd>
          {contractNumbers.length === 0 && 'None: a message to people of the company'}
          {contractNumbers.map((number, index) => (
            <Fragment key={number}>
              {index > 0 && ', '}
              <Anchor component={Link} href={`/contracts/${number}`}>
                {number}
              </Anchor>
            </Fragment>
          ))}
        </dd>
        <dt>Route</dt>
        <dd>
          {stopId === null ? (
            `${routeId}, all of it`
          ) : (
            <Anchor component={Link} href={`/routes/${routeId}/stops/${stopId}`}>
              {routeId}, stop {stopId}: why and why not
            </Anchor>
          )}
        </dd>
      </dl>
      <MessageText message={message} />
      <MessageStory message={message} />
      <Attempts message={message} />
    </div>
  )
}
