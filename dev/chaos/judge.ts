import { type Expected, keyOf, reasonsFor } from './ledger'
import type { Received } from './received'

/** A notification as the product shows it. */
export interface Shown {
  event: string
  routeId: string
  contractNumbers: string[]
  recipient: string
  status: string
  reason: string | null
  lookUps: number
  /** When it is to go, or to be tried again; null if it never will. */
  plannedAt: number | null
  /** Of the latest attempt, `none` while the call runs or when its worker died; null without one. */
  lastOutcome: string | null
}

export interface Verdict {
  calledFor: number
  told: number
  /** Not told, and why, counted by reason. */
  reasons: Record<string, number>
  /** Called for once at most, and told all the same. */
  toldAllTheSame: number
  /** Texts whose call died with a worker and that Twilio has not: they go after the last look-up, ten minutes later. */
  unsettled: string[]
  /** Texts that Twilio failed, or took too long to answer: nobody knows, and a person decides. */
  unknown: number
  /** Emails that were cut off and then overtaken, so that they were not sent again: nobody knows. */
  unknownMails: number
  doubled: string[]
  lost: string[]
  /** Told, and not to be told; or told of something that nobody has called for. */
  wrong: string[]
  /** Not told, without a reason. */
  unexplained: string[]
}

/**
 * Compares what the providers took with what callers' deeds called for. What the product says of itself counts only for
 * why somebody was not told, never for whether.
 */
export function judge(expected: readonly Expected[], received: Received, shown: readonly Shown[]): Verdict {
  const verdict: Verdict = {
    calledFor: expected.filter(({ call }) => call !== 'never').length,
    told: 0,
    reasons: {},
    toldAllTheSame: 0,
    unsettled: [],
    unknown: 0,
    unknownMails: 0,
    doubled: [],
    lost: [],
    wrong: [],
    unexplained: [],
  }
  const shownBy = new Map<string, Shown[]>()
  for (const each of shown) {
    const key = keyOf(each.event, each.routeId, each.contractNumbers[0] ?? '', each.recipient)
    shownBy.set(key, [...(shownBy.get(key) ?? []), each])
  }
  const expectedKeys = new Set<string>()
  for (const each of expected) {
    const key = keyOf(each.event, each.routeId, each.contract, each.recipient.address)
    expectedKeys.add(key)
    judgeOne(verdict, key, each, received, shownBy.get(key) ?? [])
  }
  verdict.wrong.push(...received.keys.filter((key) => !expectedKeys.has(key)).map((key) => `${key}: not called for`))
  return verdict
}

function judgeOne(verdict: Verdict, key: string, expected: Expected, received: Received, rows: Shown[]): void {
  const { call, because } = expected
  const times = received.times(key)
  if (times > 1) verdict.doubled.push(`${key}: told ${times} times`)
  if (times > 0) {
    if (call === 'never') verdict.wrong.push(`${key}: told, although ${because}`)
    else if (call === 'may') verdict.toldAllTheSame += 1
    verdict.told += 1
    return
  }
  if (rows.some(isCutOff)) {
    verdict.unsettled.push(key)
    return
  }
  // Twilio's own record that it failed the request: only then may the product not know.
  if (received.timesFailed(key) > 0 && rows.some(({ status }) => status === 'unknown')) {
    verdict.unknown += 1
    return
  }
  // A provider may have been too slow to answer. Whoever need not be told may be shown as unknown then, but nobody who said
  // STOP: nobody may have called for them.
  const mayBeUnknown = call === 'may' || because === 'the provider refuses the number'
  const unknown = rows.find(({ status }) => status === 'unknown')
  if (mayBeUnknown && unknown !== undefined) {
    if (unknown.recipient.includes('@')) verdict.unknownMails += 1
    else verdict.unknown += 1
    return
  }
  const said = rows.map(({ status, reason }) => `${status}${reason === null ? '' : `: ${reason}`}`).join(', ')
  if (call === 'must') {
    verdict.lost.push(`${key}: ${said || 'no notification'}`)
    return
  }
  const reason = rows.at(-1)?.reason ?? null
  if (rows.length === 0 && hadNoOccasion(expected, received)) count(verdict.reasons, 'nothing to tell')
  else if (reason !== null && because !== null && (reasonsFor[because] as string[]).includes(reason))
    count(verdict.reasons, reason)
  else verdict.unexplained.push(`${key}: ${said || 'no notification'}, although ${because}`)
}

/**
 * Whether there was nothing to tell in the first place, and so nothing to explain: an arrival that is reported when the route
 * is over (it is recorded, and changes nothing), a move that the truck overtook while edits were collected, and a change for
 * somebody who had not been told what has changed, or was told afterwards what holds now.
 */
function hadNoOccasion({ event, because, routeId, contract, recipient }: Expected, received: Received): boolean {
  if (because === 'the departure ended the route first') return true
  if (because === 'the truck came before the edits had settled') return true
  if (event === 'updated' && because === 'they were not told of it before') return true
  if (event !== 'updated' && event !== 'cancelled') return false
  return received.times(keyOf('confirmed', routeId, contract, recipient.address)) === 0
}

/** A text whose call died with its worker: it is looked up three times, and then sent if Twilio has not got it. */
function isCutOff({ recipient, status, lastOutcome, lookUps }: Shown): boolean {
  return recipient.startsWith('+') && status === 'sending' && lastOutcome === 'none' && lookUps < 3
}

function count(counts: Record<string, number>, name: string): void {
  counts[name] = (counts[name] ?? 0) + 1
}
