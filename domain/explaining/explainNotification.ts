import { reasonText } from '../reasons'
import { sayMoment } from '../templates/eta'
import type { Channel, Event, Instant } from '../words'
import { explainAttempt, explainReceipt } from './explainDelivery'
import type { ExplanationEntry, Show } from './explanation'
import { ruleSentence, type Wording } from './ruleSentences'
import type { DecisionRecord, NotificationStory } from './stopStory'

const names: Record<Event, string> = {
  confirmed: 'Confirmation',
  arrived: 'News of the arrival',
  departed: 'News of the departure',
  updated: 'News of the changed time',
  cancelled: 'News of the cancellation',
}
const ways: Record<Channel, string> = { sms: 'text', email: 'email' }

/** The life of one notification: asked for, decided, timed, claimed, answered, received. */
export function explainNotification(story: NotificationStory, wording: Wording, show: Show): ExplanationEntry[] {
  const { id, event, channel, internal, contractNumbers } = story
  const recipient = show.address(story.recipient)
  const about = { notificationId: id, event, channel, recipient, contractNumbers }
  const colleague = internal ? ', of the company' : ''
  const what = `${names[event]} by ${ways[channel]} to ${recipient}${colleague}`
  const decisions = story.decisions.map((decision, index) =>
    explainDecision(decision, story.decisions[index - 1] ?? null, what, wording),
  )
  const [timer] = explainTimer(story, what)
  const afterTimer = (at: Instant) => timer !== undefined && at >= timer.at
  const entries = [
    ...explainResend(story, what),
    ...decisions.filter(({ at }) => !afterTimer(at)),
    ...(timer === undefined ? [] : [timer]),
    ...decisions.filter(({ at }) => afterTimer(at)),
    ...story.attempts.flatMap((attempt) => explainAttempt(story, attempt, what, wording, show)),
    ...story.receipts.map((receipt) => explainReceipt(story, receipt, what)),
  ]
  return entries.map((entry) => ({ ...entry, data: { ...about, ...entry.data } }))
}

function explainResend({ resend }: NotificationStory, what: string): ExplanationEntry[] {
  if (resend === null) return []
  const { at, by, reason, of } = resend
  return [{ at, kind: 'resend', text: `${what}: ${by} asked to send it again: “${reason}”.`, data: { by, reason, of } }]
}

function explainDecision(
  decision: DecisionRecord,
  before: DecisionRecord | null,
  what: string,
  wording: Wording,
): ExplanationEntry {
  const { at, status, reason, plannedAt, rule, numbers, action, settingsVersion, window } = decision
  const why = rule === null ? '' : ` (${ruleSentence(rule, numbers ?? {}, wording)})`
  const since =
    before !== null && before.settingsVersion !== settingsVersion
      ? ` since version ${settingsVersion} of the settings`
      : ''
  const again = before === null ? '' : 'now '
  const when = plannedAt === null ? 'no moment' : sayMoment(plannedAt, wording.zone, wording.timeFormat)
  const written = {
    rule,
    numbers,
    status,
    reason,
    plannedAt: plannedAt === null ? null : new Date(plannedAt).toISOString(),
    settingsVersion,
    window: window && { start: new Date(window.start).toISOString(), end: new Date(window.end).toISOString() },
  }
  if (status === 'suppressed' && reason !== null) {
    const text = `${what} is not sent${since}: ${reason}. ${reasonText('suppressed', reason) ?? ''}${why}`
    return { at, kind: 'suppressed', text, data: written }
  }
  if (action === 'suppress') {
    return {
      at,
      kind: 'decision',
      text: `${what} is not sent again: nobody knows whether it went out.${why}`,
      data: written,
    }
  }
  return action === 'hold' || status === 'held'
    ? { at, kind: 'hold', text: `${what} ${again}held by quiet hours until ${when}${since}${why}`, data: written }
    : { at, kind: 'decision', text: `${what} ${again}planned for ${when}${since}${why}`, data: written }
}

/** A message that had to wait: the route slept until its moment, or still sleeps. */
function explainTimer({ plannedAt, decisions, status }: NotificationStory, what: string): ExplanationEntry[] {
  const [first] = decisions
  const last = decisions.at(-1)
  if (plannedAt === null || first === undefined || last === undefined || first.at >= plannedAt) return []
  if (status === 'suppressed' && last.at < plannedAt) return []
  const waits = status === 'planned' || status === 'held'
  const text = waits
    ? `${what} goes now, if the facts still call for it: its timer is set.`
    : `${what}: its timer went off, and the facts were checked again.`
  return [{ at: plannedAt, kind: 'timer', text, data: { set: waits } }]
}
