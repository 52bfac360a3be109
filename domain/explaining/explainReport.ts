import type { VisitEventKind } from '../facts'
import { sayMoment } from '../templates/eta'
import type { ExplanationEntry } from './explanation'
import type { Wording } from './ruleSentences'
import type { Report, StopStory } from './stopStory'

const kinds: Record<VisitEventKind, string> = {
  enter: 'that the truck entered the geofence',
  exit: 'that the truck left the geofence',
  arrived: 'that the truck arrived',
  departed: 'that the truck departed',
  skipped: 'that the stop is skipped',
}

const whyIgnored: Record<Exclude<Report['outcome'], 'counted'>, string> = {
  unknown_device: 'It was ignored: no truck of the company has this device.',
  no_route: 'It was ignored: the truck was on no route then.',
  no_stop: 'It was ignored: the route has no such stop.',
  not_arrival_source: 'It was ignored: arrivals of this truck do not come from there.',
  inaccurate: 'It was ignored: the GPS fix was too poor.',
}

/** A report about a stop: who said what, when it happened, and what became of it. */
export function explainReport(report: Report, story: StopStory, { zone, timeFormat }: Wording): ExplanationEntry {
  const { source, kind, outcome, deviceId, reportedBy, occurredAt, receivedAt, judgedAt, accuracyMeters } = report
  const who =
    source === 'driver'
      ? `The driver${reportedBy === null ? '' : ` (${reportedBy})`}`
      : `The ${source} device ${deviceId ?? ''}`
  const became = outcome === 'counted' ? whatBecameOf(report, story) : whyIgnored[outcome]
  return {
    at: judgedAt ?? receivedAt,
    kind: 'report',
    text: `${who.trim()} reported ${kinds[kind]}, ${sayMoment(occurredAt, zone, timeFormat)}. ${became}`,
    data: {
      source,
      kind,
      outcome,
      deviceId,
      reportedBy,
      occurredAt: new Date(occurredAt).toISOString(),
      receivedAt: new Date(receivedAt).toISOString(),
      accuracyMeters,
    },
  }
}

/** What a report that counts did to the stop, judged by the times that the stop has. */
function whatBecameOf({ kind, occurredAt, countedAt, judgedAt }: Report, { stop, dwellSeconds }: StopStory): string {
  const at = countedAt ?? occurredAt
  if (judgedAt === null) return 'It has not been looked at yet.'
  switch (kind) {
    case 'arrived':
      return stop.arrivedAt === at ? 'The stop has arrived.' : 'It changed nothing: the stop had arrived already.'
    case 'departed':
      return stop.departedAt === at ? 'The stop has departed.' : 'It changed nothing: the stop had departed already.'
    case 'enter':
      if (stop.arrivedAt === at) return `The truck stayed for ${dwellSeconds} seconds: the stop has arrived.`
      if (stop.arrivedAt !== null) return 'It changed nothing: the stop arrived by another report.'
      return `It counts as an arrival once the truck has stayed for ${dwellSeconds} seconds.`
    case 'exit':
      return stop.departedAt === at
        ? 'The stop has departed.'
        : 'It changed nothing: the truck had not arrived, or was gone already.'
    case 'skipped':
      return stop.arrivedAt === null
        ? 'Nobody is told, and what was not sent is not sent.'
        : 'It changed nothing: the truck came all the same.'
  }
}
