import fc from 'fast-check'
import { calendarOf } from '../../../domain/schedule/calendar'
import { type ConfirmationInput, confirmationMoment } from '../../../domain/schedule/confirmationSchedule'
import { addDays, dateOf, offsetAt, wallTimeOf } from '../../../domain/schedule/zonedTime'
import type { QuietHours } from '../../../domain/settings'
import { anyConfirmation } from './anyConfirmation'

const law = (sentence: string, holds: (input: ConfirmationInput) => void) =>
  test(sentence, () => fc.assert(fc.property(anyConfirmation, holds), { numRuns: 500 }))

/** The plan, and the moment at which it really leaves: an overdue one leaves now. */
const plan = ({ now: _, ...input }: ConfirmationInput) => confirmationMoment(input)
const leaves = (input: ConfirmationInput) => {
  const decision = confirmationMoment(input)
  if (decision.action === 'suppress') return null
  return Math.max(decision.at, decision.action === 'send' ? (input.now ?? decision.at) : decision.at)
}
const isLater = ({ serviceDate, confirmedAt, settings }: ConfirmationInput) =>
  serviceDate > dateOf(confirmedAt, settings.timeZone)

/** Read off the wall, independently of spans; null on a day on which the clocks change and the wall cannot tell. */
const isQuiet = (instant: number, { from, to }: QuietHours, zone: string) => {
  if (offsetAt(instant - 86_400_000, zone) !== offsetAt(instant + 86_400_000, zone)) return null
  const time = wallTimeOf(instant, zone)
  return from < to ? from <= time && time < to : from <= time || time < to
}

law('a confirmation never goes after the start of the told window, on a route of today after its end', (input) => {
  const { start, end } = input.window
  expect(leaves(input) ?? 0).toBeLessThanOrEqual(isLater(input) ? start : end)
})

law('a text never goes in quiet hours', (input) => {
  const moment = leaves(input)
  const { quietHours } = input.settings
  if (moment === null || input.channel === 'email' || quietHours === null) return
  expect(isQuiet(moment, quietHours, input.quietZone)).not.toBe(true)
})

law('an email is never held, and quiet hours never suppress it', (input) => {
  const decision = confirmationMoment({ ...input, channel: 'email' })
  expect(decision.action).not.toBe('hold')
  expect(decision).not.toMatchObject({ byQuietHours: true })
})

law('without quiet hours a text goes exactly as an email', (input) => {
  const settings = { ...input.settings, quietHours: null }
  const text = confirmationMoment({ ...input, settings, channel: 'sms' })
  expect(text).toEqual(confirmationMoment({ ...input, settings, channel: 'email' }))
})

law('a text that is stale by quiet hours would go without them, and one that is only stale would not', (input) => {
  const decision = plan(input)
  if (decision.action !== 'suppress') return
  const freely = plan({ ...input, settings: { ...input.settings, quietHours: null } })
  expect(freely.action).toBe(decision.byQuietHours ? 'send' : 'suppress')
})

law('the minimum notice is kept, unless the earliest permitted moment is already too late for it', (input) => {
  const decision = plan(input)
  if (!isLater(input) || decision.action === 'suppress') return
  const latest = input.window.start - input.settings.confirmation.minNoticeMinutes * 60_000
  if (decision.at <= latest) return
  const { earliestPermitted } = decision.numbers
  expect(decision.rule).toBe('never_too_late')
  expect(decision.at).toBe(Date.parse(String(earliestPermitted)))
})

law('it goes neither before the route was confirmed nor before its minimum moment', (input) => {
  const moment = leaves(input) ?? Number.POSITIVE_INFINITY
  expect(moment).toBeGreaterThanOrEqual(Math.max(input.confirmedAt, input.minimumAt ?? 0))
})

law('with leadBusinessDays n at most n open days lie between the day it goes and the service date', (input) => {
  const { settings, serviceDate } = input
  const decision = plan(input)
  const lead = settings.confirmation.leadBusinessDays
  if (lead === null || !isLater(input) || decision.action === 'suppress') return
  const calendar = calendarOf(settings)
  let open = 0
  for (let day = dateOf(decision.at, settings.timeZone); day < serviceDate; day = addDays(day, 1)) {
    if (calendar.isOpenDay(day)) open++
  }
  expect(open).toBeLessThanOrEqual(lead)
})

law('an email that can go in time is never suppressed', (input) => {
  const email = plan({ ...input, channel: 'email' })
  const { confirmation } = input.settings
  const soonest = isLater(input)
    ? Date.parse(String(email.numbers.effectiveConfirmedAt))
    : input.confirmedAt + confirmation.sameDayDelayMinutes * 60_000
  const inTime = Math.max(soonest, input.minimumAt ?? 0) <= (isLater(input) ? input.window.start : input.window.end)
  expect(email.action).toBe(inTime ? 'send' : 'suppress')
})

law('judged again before its moment a plan stands, and at its moment it is sent', (input) => {
  const decision = plan(input)
  if (decision.action === 'suppress') return
  const { at, action, rule } = decision
  expect(confirmationMoment({ ...input, now: at - 1 })).toMatchObject({ rule, action, at })
  expect(confirmationMoment({ ...input, now: at })).toMatchObject({ rule, action: 'send', at })
})
