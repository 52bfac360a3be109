import type { ExplanationEntry, Show } from './explainStop'
import { lookUpMoments } from './lookUps'
import { reasonText } from './reasons'
import { ruleSentence, type Wording } from './ruleSentences'
import type { DecisionRecord, NotificationStory } from './stopStory'
import { sayMoment } from './templates/eta'
import type { Channel, Event, Instant, NotificationStatus } from './words'

/** What there is to say about one moment. */
export interface Explained {
  kind: string
  text: string
  data: Record<string, unknown>
}

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

function explainAttempt(
  { channel, providerId, attempts, lookUps, status, reason }: NotificationStory,
  attempt: NotificationStory['attempts'][number],
  what: string,
  wording: Wording,
  show: Show,
): ExplanationEntry[] {
  const { at, number, outcome, code, retryAt } = attempt
  const message = attempt.message === null ? null : show.text(attempt.message)
  const said = code === null ? '' : ` (${[code, message].filter((part) => part !== null).join(': ')})`
  const later = retryAt === null ? '' : sayMoment(retryAt, wording.zone, wording.timeFormat)
  const answers = {
    accepted: channel === 'email' ? 'the mail server took it' : 'the provider took it',
    try_later: `the provider did not take it${said}; again ${later}`,
    permanent: `the provider refuses it for good${said}.${whyFailed(status, reason)}`,
    unknown: `no answer came${said}: nobody knows whether it went out${later === '' ? '' : `; again ${later}, as the same mail`}`,
  }
  const answer = outcome === null ? 'no answer is on record: the call runs, or its worker died' : answers[outcome]
  const isLast = number === attempts.length
  return [
    { at, kind: 'claim', text: `${what}: claimed for attempt ${number}.`, data: { attempt: number } },
    {
      at,
      kind: 'answer',
      text: `${what}: ${answer}.`.replace(/\.\.$/, '.'),
      data: { attempt: number, outcome, code, message, ...(outcome === 'accepted' && { providerId }) },
    },
    ...(isLast ? lookUpMoments(at, lookUps) : []).map((moment, index) => ({
      at: moment,
      kind: 'look_up',
      text: `${what}: looked up at the provider, which did not know it or could not be asked.`,
      data: { attempt: number, lookUp: index + 1 },
    })),
  ]
}

function explainReceipt(
  { reason }: NotificationStory,
  { at, status, code }: NotificationStory['receipts'][number],
  what: string,
): ExplanationEntry {
  const words = {
    sent: 'is on its way',
    delivered: 'was delivered',
    undelivered: 'was not delivered',
    failed: 'failed',
  }
  const said = code === null ? '' : ` (${code})`
  const text = `${what} ${words[status]}, says the provider${said}.${whyFailed(status, reason)}`
  return { at, kind: 'receipt', text, data: { status, code } }
}

function whyFailed(status: NotificationStatus, reason: string | null): string {
  const failed = status === 'failed' || status === 'undelivered'
  return failed && reason !== null ? ` ${reasonText(status, reason) ?? reason}` : ''
}
