import { activityInfo } from '@temporalio/activity'
import type { Instant } from '../domain/words'

/**
 * The engine's clock inside an activity: when the server scheduled this attempt, plus the time since it began. On a server
 * that skips time it is the route's virtual time; everywhere else it is the wall clock.
 */
export function engineClock(): () => Instant {
  const { currentAttemptScheduledTimestampMs } = activityInfo()
  const began = Date.now()
  return () => currentAttemptScheduledTimestampMs + (Date.now() - began)
}
