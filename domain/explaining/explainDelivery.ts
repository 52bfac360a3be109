import { lookUpMoments } from '../lookUps'
import { sayMoment } from '../templates/eta'
import type { NotificationStatus } from '../words'
import type { ExplanationEntry, Show } from './explanation'
import type { Wording } from './ruleSentences'
import type { NotificationStory } from './stopStory'

/** One call to the provider: its claim, the answer, and the look-ups of an answer that never came. */
export function explainAttempt(
  { channel, providerId, attempts, lookUps, status, reasonText }: NotificationStory,
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
    permanent: `the provider refuses it for good${said}.${whyFailed(status, reasonText)}`,
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

/** What the provider told of it later. */
export function explainReceipt(
  { reasonText }: NotificationStory,
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
  const text = `${what} ${words[status]}, says the provider${said}.${whyFailed(status, reasonText)}`
  return { at, kind: 'receipt', text, data: { status, code } }
}

function whyFailed(status: NotificationStatus, reasonText: string | null): string {
  const failed = status === 'failed' || status === 'undelivered'
  return failed && reasonText !== null ? ` ${reasonText}` : ''
}
