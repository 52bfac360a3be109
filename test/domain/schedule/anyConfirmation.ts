import fc from 'fast-check'
import type { ConfirmationInput } from '../../../domain/schedule/confirmationSchedule'
import { plannedWindow } from '../../../domain/schedule/toldWindow'
import { addDays, dateOf, instantAt } from '../../../domain/schedule/zonedTime'
import { channels } from '../../../domain/words'
import { settingsWith } from './week'

const two = (n: number) => String(n).padStart(2, '0')
const wallTime = (minute: number) => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`
const anyMinute = fc.integer({ min: 0, max: 1439 })

/** Whole and odd offsets, both hemispheres, a change of the clocks of half an hour and one at midnight. */
export const anyZone = fc.constantFrom(
  'America/Chicago',
  'America/St_Johns',
  'Europe/London',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'UTC',
)

/** Any second of 2026 and 2027; every other time one within a day and a half of a change of some zone's clocks. */
export const anyInstant = fc.oneof(
  fc.integer({ min: Date.parse('2026-01-01') / 1000, max: Date.parse('2027-12-31') / 1000 }).map((s) => s * 1000),
  fc
    .tuple(
      fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-04-24', '2026-10-04', '2026-10-25', '2026-11-01'),
      fc.integer({ min: -129_600, max: 129_600 }),
    )
    .map(([date, seconds]) => Date.parse(date) + seconds * 1000),
)

export const anyQuietHours = fc
  .tuple(anyMinute, anyMinute)
  .filter(([from, to]) => from !== to)
  .map(([from, to]) => ({ from: wallTime(from), to: wallTime(to) }))

const anyNumber = (max: number) => fc.integer({ min: 0, max })

/** Any company's settings, any route that it confirms, any stop on it. */
export const anyConfirmation: fc.Arbitrary<ConfirmationInput> = fc
  .record({
    zone: anyZone,
    quietZone: anyZone,
    channel: fc.constantFrom(...channels),
    confirmedAt: anyInstant,
    daysAhead: fc.oneof(anyNumber(2), anyNumber(12)),
    scheduled: anyMinute,
    before: anyNumber(180),
    after: anyNumber(180),
    roundToMinutes: fc.constantFrom(1, 5, 15, 60),
    hours: fc.tuple(anyNumber(1438), anyNumber(1438)).map(([a, b]) => [Math.min(a, b), Math.max(a, b) + 1] as const),
    policy: fc.constantFrom('at_cutoff', 'until_cutoff', 'from_cutoff'),
    sameDayDelayMinutes: anyNumber(30),
    minNoticeMinutes: fc.oneof(fc.constant(0), anyNumber(2000)),
    leadBusinessDays: fc.option(fc.integer({ min: 1, max: 5 })),
    businessDays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
    holidaysAhead: fc.array(anyNumber(12), { maxLength: 3 }),
    quietHours: fc.option(anyQuietHours),
    minimumAfter: fc.option(fc.constantFrom(20_000, 3_600_000)),
    nowAfter: fc.option(anyNumber(96 * 3600).map((seconds) => seconds * 1000)),
  })
  .map((of) => {
    const { zone, quietZone, channel, confirmedAt, quietHours, businessDays } = of
    const today = dateOf(confirmedAt, zone)
    const serviceDate = addDays(today, of.daysAhead)
    const buffer = { beforeMinutes: of.before, afterMinutes: of.after }
    const settings = settingsWith({
      timeZone: zone,
      businessDays,
      quietHours,
      holidays: of.holidaysAhead.map((days) => addDays(today, days)),
      opensAt: wallTime(of.hours[0]),
      etaBuffer: { delivery: buffer, pickup: buffer, roundToMinutes: of.roundToMinutes },
      confirmation: {
        sendAfter: wallTime(of.hours[1]),
        policy: of.policy,
        sameDayDelayMinutes: of.sameDayDelayMinutes,
        minNoticeMinutes: of.minNoticeMinutes,
        leadBusinessDays: of.leadBusinessDays,
      },
    })
    const scheduledAt = instantAt(serviceDate, wallTime(of.scheduled), zone)
    return {
      settings,
      serviceDate,
      confirmedAt,
      channel,
      quietZone,
      window: plannedWindow({ kind: 'delivery', scheduledAt }, settings.etaBuffer, zone),
      ...(of.minimumAfter !== null && { minimumAt: confirmedAt + of.minimumAfter }),
      ...(of.nowAfter !== null && { now: confirmedAt + of.nowAfter }),
    }
  })
