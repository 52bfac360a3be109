import { type StatusWords, statusWords, unwanted } from '../../parts/statusWords'
import { count, eventWords } from '../../parts/words'
import type { DayMessages } from './useDay'

export interface Chip extends StatusWords {
  event: DayMessages['event']
  /** `Confirmation: Delivered (2)` */
  label: string
}

/** What is shown of several messages about one event: what a person has to see before what is well. */
const urgency: readonly DayMessages['status'][] = [
  'failed',
  'undelivered',
  'unknown',
  'held',
  'planned',
  'sending',
  'accepted',
  'sent',
  'delivered',
  'suppressed',
]

/**
 * What somebody told by phone is no matter any more, whatever became of the message; that a customer is not told although
 * nobody chose so comes before what others at the stop are still to be told, or were.
 */
function rankOf({ status, reason = '', toldByPhone }: DayMessages): number {
  if (toldByPhone) return urgency.length
  return urgency.indexOf(status === 'suppressed' && unwanted.includes(reason) ? 'unknown' : status)
}

function wordsOf(messages: DayMessages): StatusWords {
  const said = statusWords(messages)
  return messages.toldByPhone ? { text: `${said.text}, told by phone`, symbol: '☎', tone: 'good' } : said
}

/** One chip an event, in the order of a visit; its sign is that of the most urgent of its messages, its label tells all. */
export function chipsOf(messages: readonly DayMessages[]): Chip[] {
  return (Object.keys(eventWords) as DayMessages['event'][]).flatMap((event) => {
    const about = messages.filter((each) => each.event === event).sort((a, b) => rankOf(a) - rankOf(b))
    const [first] = about
    if (first === undefined) return []
    const told = about.map((each) => wordsOf(each).text + (each.count > 1 ? ` (${count(each.count, 'message')})` : ''))
    return [{ ...wordsOf(first), event, label: `${eventWords[event]}: ${told.join(', ')}` }]
  })
}
