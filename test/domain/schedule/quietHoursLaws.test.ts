import fc from 'fast-check'
import { changeDecision, newsDecision } from '../../../domain/schedule/eventTiming'
import { permitted, quietSpan } from '../../../domain/schedule/quietHours'
import { plannedWindow } from '../../../domain/schedule/toldWindow'
import { offsetAt } from '../../../domain/schedule/zonedTime'
import { anyInstant, anyQuietHours, anyZone } from './anyConfirmation'

const runs = { numRuns: 500 }
const anyNight = [anyInstant, anyQuietHours, anyZone] as const

test('the first permitted moment is never earlier than the moment asked about, and is itself permitted', () => {
  fc.assert(
    fc.property(...anyNight, (instant, quietHours, zone) => {
      const first = permitted(instant, 'sms', quietHours, zone)
      expect(first).toBeGreaterThanOrEqual(instant)
      expect(quietSpan(first, quietHours, zone)).toBeNull()
      expect(permitted(first, 'sms', quietHours, zone)).toBe(first)
    }),
    runs,
  )
})

test('there is no permitted moment between a moment in quiet hours and their end', () => {
  fc.assert(
    fc.property(...anyNight, fc.double({ min: 0, max: 1, noNaN: true }), (instant, quietHours, zone, part) => {
      const first = permitted(instant, 'sms', quietHours, zone)
      if (first === instant) return
      const between = instant + Math.floor((first - 1 - instant) * part)
      expect(quietSpan(between, quietHours, zone)).not.toBeNull()
    }),
    runs,
  )
})

test('a later moment is never permitted earlier', () => {
  fc.assert(
    fc.property(...anyNight, fc.nat(200_000), (instant, quietHours, zone, seconds) => {
      const first = permitted(instant, 'sms', quietHours, zone)
      expect(permitted(instant + seconds * 1000, 'sms', quietHours, zone)).toBeGreaterThanOrEqual(first)
    }),
    runs,
  )
})

test('an email is permitted at any moment', () => {
  fc.assert(
    fc.property(...anyNight, (at, hours, zone) => permitted(at, 'email', hours, zone) === at),
    runs,
  )
})

test('an arrival is never held, and a change is held only till before the window it speaks of', () => {
  fc.assert(
    fc.property(...anyNight, anyInstant, fc.constantFrom('sms', 'email'), (now, quietHours, zone, start, channel) => {
      const of = { channel, now, quietHours, zone }
      const window = { start, end: start + 3_600_000 }
      expect(newsDecision({ ...of, occurredAt: now, maxEventAgeMinutes: 30, window }).action).not.toBe('hold')
      const change = changeDecision({ ...of, at: now, speaksOfStart: start })
      expect(change.at).toBeLessThanOrEqual(change.action === 'hold' ? start : now)
    }),
    runs,
  )
})

test('a told window is rounded outward, by less than one step, onto the wall clock', () => {
  fc.assert(
    fc.property(anyInstant, anyZone, fc.constantFrom(5, 10, 15, 20, 30, 60), (scheduledAt, zone, roundToMinutes) => {
      const buffer = { beforeMinutes: 25, afterMinutes: 40 }
      const window = plannedWindow(
        { kind: 'pickup', scheduledAt },
        { delivery: buffer, pickup: buffer, roundToMinutes },
        zone,
      )
      const outward = [scheduledAt - 25 * 60_000 - window.start, window.end - scheduledAt - 40 * 60_000]
      const step = roundToMinutes * 60_000
      expect(outward.every((by) => by >= 0 && by < step)).toBe(true)
      // Lord Howe moves its clocks by half an hour: a step that does not divide it is off there on that day.
      if (zone === 'Australia/Lord_Howe' && 30 % roundToMinutes !== 0) return
      expect([window.start, window.end].map((end) => Math.abs((end + offsetAt(end, zone)) % step))).toEqual([0, 0])
    }),
    runs,
  )
})
