import type { Shown } from '../../client/api'
import type { Tone } from '../../parts/statusWords'

type Entry = Shown['Explanation']['entries'][number]

export interface TimelineItem {
  at: string
  text: string
  kind: string
  tone: Tone
  symbol: string
  /** The message that it is about; null for what is about the whole stop. */
  notificationId: string | null
  /** Still to come: a timer that has been set. */
  isAhead: boolean
  /** `6 h later`, when more than a minute has passed since the one before. */
  gap: string | null
}

const signs: Record<string, { tone: Tone; symbol: string }> = {
  route: { tone: 'quiet', symbol: '●' },
  report: { tone: 'waiting', symbol: '◆' },
  decision: { tone: 'quiet', symbol: '◦' },
  hold: { tone: 'waiting', symbol: '◦' },
  suppressed: { tone: 'warning', symbol: '–' },
  timer: { tone: 'quiet', symbol: '◷' },
  claim: { tone: 'quiet', symbol: '•' },
  look_up: { tone: 'warning', symbol: '?' },
  not_told: { tone: 'warning', symbol: '–' },
  resend: { tone: 'waiting', symbol: '↻' },
  told_by_phone: { tone: 'good', symbol: '☎' },
  hand_off: { tone: 'quiet', symbol: '→' },
}
const unknownSign = { tone: 'quiet', symbol: '•' } as const

const outcomes: Record<string, { tone: Tone; symbol: string }> = {
  accepted: { tone: 'good', symbol: '•' },
  try_later: { tone: 'warning', symbol: '↻' },
  permanent: { tone: 'bad', symbol: '!' },
  unknown: { tone: 'warning', symbol: '?' },
  sent: { tone: 'good', symbol: '•' },
  delivered: { tone: 'good', symbol: '✓' },
  undelivered: { tone: 'bad', symbol: '!' },
  failed: { tone: 'bad', symbol: '!' },
}

/**
 * The explanation of a stop as a timeline, oldest first: each entry with a sign that says what kind of thing it is and how it
 * went, and how long it was after the one before.
 */
export function timelineOf(entries: readonly Entry[]): TimelineItem[] {
  return entries.map((entry, index) => {
    const { at, text, kind, data } = entry
    const before = entries[index - 1]
    return {
      ...{ at, text, kind },
      ...signOf(entry),
      notificationId: typeof data.notificationId === 'string' ? data.notificationId : null,
      isAhead: kind === 'timer' && data.set === true,
      gap: before === undefined ? null : gapBetween(before.at, at),
    }
  })
}

function signOf({ kind, data }: Entry): { tone: Tone; symbol: string } {
  const outcome = kind === 'answer' ? data.outcome : kind === 'receipt' ? data.status : null
  return outcomes[String(outcome)] ?? signs[kind] ?? unknownSign
}

function gapBetween(from: string, to: string): string | null {
  const minutes = Math.floor((Date.parse(to) - Date.parse(from)) / 60_000)
  if (minutes < 1) return null
  if (minutes < 60) return `${minutes} min later`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h later` : `${hours} h ${minutes % 60} min later`
  return `${Math.round(hours / 24)} days later`
}
