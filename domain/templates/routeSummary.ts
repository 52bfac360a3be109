import type { RouteFacts } from '../facts'
import { plannedWindow } from '../schedule/toldWindow'
import type { Channel } from '../words'
import { etaOf } from './eta'
import { htmlOf } from './html'
import { oneLine } from './plainText'
import { shorten } from './shorten'

/** Twilio's longest message. */
const longestText = 1600

/** What the company's own people are told of a confirmed route: its stops, in order ("Who is told", internal recipients). */
export function routeSummary(
  { route, stops, settings }: RouteFacts,
  channel: Channel,
): { subject: string | null; text: string; html: string | null; shortened: boolean } {
  const lines = stops
    .filter(({ status }) => status !== 'cancelled')
    .map((stop, index) => {
      const window = plannedWindow(stop, settings.etaBuffer, settings.timeZone)
      const { range } = etaOf(window, stop.timeZone ?? settings.timeZone, settings.timeFormat)
      return `${index + 1}. ${range} ${stop.kind} ${stop.contractNumbers.join(', ')}, ${oneLine(stop.address)}`
    })
  const title = `Route ${oneLine(route.name)} of ${route.serviceDate} is confirmed: ${lines.length} ${lines.length === 1 ? 'stop' : 'stops'}`
  if (channel === 'sms') {
    return { subject: null, html: null, ...shorten(`${title}. ${lines.join('; ')}`, longestText) }
  }
  const text = `${title}.\n\n${lines.join('\n')}`
  return { subject: title, text, html: htmlOf(text), shortened: false }
}
