import { unwanted } from '../../parts/statusWords'
import { count } from '../../parts/words'
import type { DayMessages, DayRoute } from './useDay'

/** Something about a route that a person should look at. */
export interface Need {
  text: string
  tone: 'bad' | 'warning'
}

const minute = 60_000
/** A stop is late when nobody has reported it for so long after its scheduled time. */
const lateMs = 30 * minute
/** By its own timers a message is never so late. */
const overdueMs = 5 * minute
/** A device that says nothing for so long while its truck is on the road. */
const silentMs = 30 * minute
/** So long before its first stop a route of the day should have been confirmed. */
const unconfirmedMs = 120 * minute

/**
 * What needs attention on a route, the worst first: customers who were not told and whom nobody chose not to tell,
 * messages that should have gone, stops that nobody reports, a route that nobody confirms, a device that is silent.
 * @param now the API's clock
 */
export function needsOf(route: DayRoute, now: number): Need[] {
  return [...messageNeeds(route, now), ...visitNeeds(route, now)].sort(
    (a, b) => Number(b.tone === 'bad') - Number(a.tone === 'bad'),
  )
}

function messageNeeds({ stops, messages }: DayRoute, now: number): Need[] {
  const all = [...stops.flatMap((stop) => stop.messages), ...messages]
  const sum = (chosen: (messages: DayMessages) => boolean) =>
    all.filter(chosen).reduce((total, { count }) => total + count, 0)
  // Whom somebody told by phone knows, whatever became of the message.
  const missed = (chosen: (messages: DayMessages) => boolean) => sum((each) => !each.toldByPhone && chosen(each))
  const failed = missed(({ status }) => status === 'failed' || status === 'undelivered')
  const unknown = missed(({ status }) => status === 'unknown')
  const notSent = missed(({ status, reason = '' }) => status === 'suppressed' && unwanted.includes(reason))
  const overdue = sum(({ status, plannedAt }) => isWaiting(status) && isPast(plannedAt, overdueMs, now))
  const needs: Need[] = []
  if (failed > 0) needs.push({ text: `${count(failed, 'message')} failed`, tone: 'bad' })
  if (overdue > 0) needs.push({ text: `${count(overdue, 'message')} overdue`, tone: 'bad' })
  if (unknown > 0) needs.push({ text: `${count(unknown, 'message')} of unknown outcome`, tone: 'warning' })
  if (notSent > 0) needs.push({ text: `${count(notSent, 'message')} could not be sent`, tone: 'warning' })
  return needs
}

function visitNeeds({ status, stops, device, arrivalSource }: DayRoute, now: number): Need[] {
  const pending = stops.filter((stop) => stop.status === 'pending')
  const [next] = pending
  const needs: Need[] = []
  if (status === 'planned' && next !== undefined && isPast(next.scheduledAt, -unconfirmedMs, now))
    needs.push({ text: 'not confirmed yet', tone: 'bad' })
  if (status !== 'confirmed' && status !== 'in_progress') return needs
  const late = pending.filter(({ scheduledAt }) => isPast(scheduledAt, lateMs, now))
  if (late.length > 0) needs.push({ text: `${count(late.length, 'stop')} late, nobody has reported`, tone: 'warning' })
  if (status === 'in_progress' && arrivalSource === 'geofence' && isPast(device?.lastEventAt, silentMs, now))
    needs.push({ text: 'GPS silent', tone: 'warning' })
  return needs
}

const isWaiting = (status: DayMessages['status']) => status === 'planned' || status === 'held'

function isPast(at: string | undefined, byMs: number, now: number): boolean {
  return at !== undefined && Date.parse(at) + byMs < now
}
