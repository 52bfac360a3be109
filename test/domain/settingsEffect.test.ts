import type { RouteFacts } from '../../domain/facts'
import type { Settings } from '../../domain/settings'
import { settingsEffect } from '../../domain/settingsEffect'
import {
  aContract,
  aNotification,
  ann,
  annMail,
  aStop,
  bothChannels,
  contractsOf,
  factsWith,
  row,
  settingsWith,
  without,
} from './facts'
import { type Change, moment, spoken } from './schedule/week'

/** `moved s1 confirmed sms: Tue 16:00 to Tue 17:00`; a moment that nobody knows, or none, is `-`. */
function effects(change: Change, facts: Partial<RouteFacts> = {}, now = 'Tue 12:00'): string[] {
  const say = (at: number | null) => (at === null ? '-' : spoken(at))
  const settings: Settings = settingsWith(change)
  return settingsEffect(factsWith(facts), settings, moment(now), bothChannels).map(
    ({ kind, stopId, event, channel, from, to, reason }) =>
      `${kind} ${stopId ?? 'route'} ${event} ${channel}: ${say(from)} to ${say(to)}${reason === null ? '' : ` (${reason})`}`,
  )
}

test('the same settings change nothing', () => {
  expect(effects({})).toEqual([])
})

test('another cutoff moves the confirmation that waits for it', () => {
  expect(effects({ confirmation: { sendAfter: '17:00' } })).toEqual(['moved s1 confirmed sms: Tue 16:00 to Tue 17:00'])
})

test('a cutoff that is over by now means now', () => {
  expect(effects({ confirmation: { sendAfter: '11:00' } })).toEqual(['moved s1 confirmed sms: Tue 16:00 to Tue 12:00'])
})

test('what has been sent stays as it is', () => {
  const sent = aNotification({
    status: 'accepted',
    lastAttempt: { number: 1, at: moment('Tue 16:00'), outcome: 'accepted', retryAt: null },
  })
  expect(effects({ confirmation: { sendAfter: '17:00' } }, { notifications: [sent] }, 'Tue 16:30')).toEqual([])
})

test('an event that is switched off is not told, and one that is switched on is', () => {
  expect(effects(without('arrived'))).toEqual(['suppressed s1 arrived sms: - to - (event_off)'])
  const off = { settings: settingsWith(without('confirmed')) }
  expect(effects({}, off)).toEqual(['going s1 confirmed sms: - to Tue 16:00'])
})

test('texts that are switched off leave the emails alone', () => {
  const contracts = contractsOf(aContract('C1', [row('sms', ann), row('email', annMail, { events: ['confirmed'] })]))
  expect(effects({ smsEnabled: false }, { contracts })).toEqual([
    'suppressed s1 confirmed sms: Tue 16:00 to - (sms_off)',
    'suppressed s1 arrived sms: - to - (sms_off)',
    'suppressed s1 departed sms: - to - (sms_off)',
  ])
})

test('other words of a message are told apart from another moment', () => {
  const { events } = settingsWith()
  const worded = { events: { ...events, confirmed: { ...events.confirmed, sms: 'See you {{ eta.date }}' } } }
  expect(effects(worded)).toEqual(['reworded s1 confirmed sms: Tue 16:00 to Tue 16:00'])
})

test('quiet hours may come to suppress what would be too late by their end', () => {
  const stops = [aStop({ scheduledAt: moment('Wed 06:00') })]
  const quietHours = { from: '15:00', to: '08:00' }
  expect(effects({ quietHours }, { stops }, 'Tue 15:30')[0]).toBe('suppressed s1 confirmed sms: Tue 16:00 to - (stale)')
})

test('a person of the company who is added is told, and one who is removed is not', () => {
  const internalRecipients = [{ method: 'email' as const, address: 'boss@example.com', events: ['confirmed' as const] }]
  expect(effects({ internalRecipients })).toEqual(['going route confirmed email: - to Tue 16:00'])
  expect(effects({}, { settings: settingsWith({ internalRecipients }) })).toEqual([
    'suppressed route confirmed email: Tue 16:00 to -',
  ])
})
