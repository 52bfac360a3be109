import { Badge } from '../../parts/Badge'
import { Problem } from '../../parts/Problem'
import type { Tone } from '../../parts/statusWords'
import classes from './integrations.module.css'
import type { RunningTest } from './useProviderTest'

const words: Record<'pending' | 'succeeded' | 'failed', { text: string; symbol: string; tone: Tone }> = {
  pending: { text: 'On its way', symbol: '…', tone: 'waiting' },
  succeeded: { text: 'It works', symbol: '✓', tone: 'good' },
  failed: { text: 'It does not work', symbol: '!', tone: 'bad' },
}

/** How a test goes, in plain words with what to do; nothing before one was asked for. */
export function TestOutcome({ error, test }: RunningTest) {
  if (error !== null) return <Problem error={error} />
  return (
    <div role="status" className={classes.outcome}>
      {test !== undefined && (
        <>
          <Badge tone={words[test.status].tone} symbol={words[test.status].symbol}>
            {words[test.status].text}
          </Badge>
          <span>{test.text}</span>
        </>
      )}
    </div>
  )
}
