import type { EtaBuffer } from '../settings'
import type { Instant, StopKind } from '../words'
import { offsetAt } from './zonedTime'

/** A time window; both ends belong to it. */
export interface Window {
  start: Instant
  end: Instant
}

/**
 * The window that a customer would be told for a stop: its scheduled time minus "before" to plus "after", rounded outward
 * on the wall clock of `zone`, the company's (docs/configuration.md, `etaBuffer`). `roundToMinutes` 1 does not round.
 */
export function plannedWindow(
  { kind, scheduledAt }: { kind: StopKind; scheduledAt: Instant },
  etaBuffer: EtaBuffer,
  zone: string,
): Window {
  const { beforeMinutes, afterMinutes } = etaBuffer[kind]
  const start = scheduledAt - beforeMinutes * 60_000
  const end = scheduledAt + afterMinutes * 60_000
  if (etaBuffer.roundToMinutes === 1) return { start, end }
  const step = etaBuffer.roundToMinutes * 60_000
  // Rounding a span of wall-clock milliseconds, not naming a wall-clock time: across a change of the clocks a named time
  // could be an hour away. The offset matters because not every zone is whole hours from UTC (Kathmandu: +05:45).
  const startOffset = offsetAt(start, zone)
  const endOffset = offsetAt(end, zone)
  return {
    start: Math.floor((start + startOffset) / step) * step - startOffset,
    end: Math.ceil((end + endOffset) / step) * step - endOffset,
  }
}
