import { messageResource, type ReceivedText } from './text'

const dayMs = 86_400_000
const dateOnly = /^\d{4}-\d{2}-\d{2}$/

/** The span of instants that a DateSent value stands for: a whole UTC day, or one second of a date-time. */
function spanOf(value: string): { from: number; to: number } {
  const from = Date.parse(value)
  return { from, to: from + (dateOnly.test(value) ? dayMs : 1000) }
}

function wasSent(text: ReceivedText, query: URLSearchParams): boolean {
  const [on, until, since] = [query.get('DateSent'), query.get('DateSent<'), query.get('DateSent>')]
  if (on === null && until === null && since === null) return true
  const sent = text.sentAt
  // A text that is still queued has no sent date, so no filter on it finds it: just as at Twilio.
  if (sent === null) return false
  const within = on === null || (sent >= spanOf(on).from && sent < spanOf(on).to)
  return within && (until === null || sent < spanOf(until).to) && (since === null || sent >= spanOf(since).from)
}

/**
 * One page of `GET Messages.json`, newest first, with Twilio's filters and paging
 * (https://www.twilio.com/docs/messaging/api/message-resource#read-multiple-message-resources). The token of the next page
 * names the last text of this one, so texts that arrive meanwhile do not shift it.
 */
export function listTexts(all: readonly ReceivedText[], accountSid: string, query: URLSearchParams) {
  const path = `/2010-04-01/Accounts/${accountSid}/Messages.json`
  const matching = all
    .filter(({ to }) => !query.has('To') || query.get('To') === to)
    .filter(({ from }) => !query.has('From') || query.get('From') === from)
    .filter((text) => wasSent(text, query))
    .reverse()
  const size = Math.min(Math.max(Number(query.get('PageSize') ?? 50) || 50, 1), 1000)
  const page = Number(query.get('Page') ?? 0)
  const after = query.get('PageToken')?.replace(/^PA/, '')
  const start = after === undefined ? 0 : matching.findIndex(({ sid }) => sid === after) + 1
  const texts = matching.slice(start, start + size)
  const address = (number: number, token?: string) => {
    const parameters = new URLSearchParams(query)
    parameters.set('PageSize', String(size))
    parameters.set('Page', String(number))
    parameters.delete('PageToken')
    if (token) parameters.set('PageToken', token)
    return `${path}?${parameters}`
  }
  const last = texts.at(-1)
  return {
    end: start + texts.length - 1,
    first_page_uri: address(0),
    messages: texts.map(messageResource),
    next_page_uri: last && matching.length > start + size ? address(page + 1, `PA${last.sid}`) : null,
    page,
    page_size: size,
    previous_page_uri: null,
    start,
    uri: address(page, after && `PA${after}`),
  }
}
