import type { Shown } from '../../client/api'
import { Moment } from '../../parts/Moment'
import { effectKindWords, effectSentence } from './effectWords'
import classes from './settings.module.css'
import { eventNames } from './settingsWords'

/** What saving would do to messages that are not sent yet, and to which. */
export function EffectView({ effect }: { effect: Shown['SettingsEffect'] }) {
  const { examples } = effect
  return (
    <>
      <p role="status" className={classes.effect}>
        {effectSentence(effect)}
      </p>
      {examples.length > 0 && (
        <details className={classes.examples}>
          <summary>Which ones</summary>
          <ul>
            {examples.map(({ kind, routeId, stopId, event, channel, recipient, from, to, reason }) => (
              <li key={[routeId, stopId, event, channel, recipient].join(' ')}>
                {eventNames[event]} by {channel === 'sms' ? 'text' : 'email'} to {recipient}, {routeId}
                {stopId !== null && `, stop ${stopId}`}: {effectKindWords[kind]}
                {from !== undefined && from !== to && (
                  <>
                    {' '}
                    from <Moment at={from} />
                  </>
                )}
                {to !== undefined && (
                  <>
                    {from !== undefined && from !== to ? ' to ' : ' '}
                    <Moment at={to} />
                  </>
                )}
                {reason !== undefined && ` (${reason.replaceAll('_', ' ')})`}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}
