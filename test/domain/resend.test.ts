import type { NotificationRecord } from '../../domain/facts'
import { aContract, ann, annMail, contractsOf, factsWith, row, settingsWith } from './facts'
import { Life } from './life'
import { moment } from './schedule/week'

/** Confirmed on Tuesday at 10:00; the text of 16:00 ended so, and it is 17:00. */
function failed(answer: 'permanent' | 'unknown' = 'permanent', change: Parameters<typeof factsWith>[0] = {}): Life {
  const life = new Life(factsWith(change), 'Tue 10:00')
  life.answer = ({ channel }) => (channel === 'sms' ? answer : 'accepted')
  life.passTo('Tue 17:00')
  life.answer = () => 'accepted'
  return life
}

/** A person asks for the last message of the event again, as the API stores it. */
function resend(life: Life, event: NotificationRecord['event'] = 'confirmed'): Life {
  const { notifications } = life.facts
  const of = notifications.findLast((row) => row.event === event && row.channel === 'sms')
  if (of === undefined) throw new Error('There is nothing to send again.')
  const again: NotificationRecord = {
    ...of,
    id: 'again',
    sequence: notifications.length + 1,
    revision: of.revision + 1,
    status: 'planned',
    reason: null,
    plannedAt: life.now,
    lastAttempt: null,
    resentAt: life.now,
  }
  return life.change({ notifications: [...notifications, again] })
}

const again = (life: Life) => life.facts.notifications.find(({ id }) => id === 'again')

describe('a message that a person sends again', () => {
  test.each(['permanent', 'unknown'] as const)('goes at once when the one before ended %s, and once', (answer) => {
    const life = resend(failed(answer)).passTo('Wed 12:00')
    expect(life.messages).toEqual([`Tue 17:00 confirmed sms ${ann}`])
    expect(life.facts.notifications).toHaveLength(2)
  })

  test('does not wait for a cutoff that has moved', () => {
    const life = failed().change({ settings: settingsWith({ confirmation: { sendAfter: '18:00' } }) })
    expect(resend(life).rest().messages).toEqual([`Tue 17:00 confirmed sms ${ann}`])
  })

  test('is held by quiet hours, and too late after the window', () => {
    const night = { settings: settingsWith({ quietHours: { from: '16:30', to: '08:00' } }) }
    expect(resend(failed('permanent', night)).passTo('Wed 12:00').messages).toEqual([`Wed 08:00 confirmed sms ${ann}`])
    const late = resend(failed().passTo('Wed 12:31')).rest()
    expect(again(late)?.reason).toBe('stale')
  })

  test('is not sent to somebody who opted out, nor for a route that is not confirmed any more', () => {
    const out = resend(failed().change({ optedOut: new Set([`sms:${ann}`]) })).rest()
    expect(again(out)?.reason).toBe('opted_out')
    const back = resend(failed().route({ status: 'planned' })).rest()
    expect(again(back)?.reason).toBe('not_confirmed')
  })

  test('is superseded when the one of unknown outcome turns out to have arrived', () => {
    const life = resend(failed('unknown'))
      .receipt('delivered', ({ status }) => status === 'unknown')
      .rest()
    expect(life.messages).toEqual([])
    expect(again(life)?.reason).toBe('superseded')
  })

  test('about an arrival is superseded likewise', () => {
    const life = new Life(factsWith(), 'Tue 10:00').passTo('Wed 13:00')
    life.answer = () => 'unknown'
    resend(life.report('arrived').rest(), 'arrived').receipt('delivered', ({ status }) => status === 'unknown')
    life.answer = () => 'accepted'
    expect(again(life.rest())?.reason).toBe('superseded')
  })

  test('goes although the customer has the email that stood in for it', () => {
    const contracts = contractsOf(aContract('C1', [row('sms', ann), row('email', annMail, { onlyIfTextFails: true })]))
    const life = resend(failed('permanent', { contracts })).rest()
    expect(life.messages).toEqual([`Tue 16:00 confirmed email ${annMail}`, `Tue 17:00 confirmed sms ${ann}`])
  })

  test('that is sent again and fails again can be sent a third time', () => {
    const life = failed('unknown')
    life.answer = () => 'permanent'
    resend(life).rest()
    life.facts.notifications = life.facts.notifications.map((each) =>
      each.id === 'again' ? { ...each, id: 'second' } : each,
    )
    life.answer = () => 'accepted'
    expect(resend(life).passTo('Tue 17:05').messages).toEqual([`Tue 17:00 confirmed sms ${ann}`])
  })

  test('about a new time says the new time', () => {
    const life = new Life(factsWith(), 'Tue 10:00').passTo('Tue 17:00')
    life.answer = () => 'unknown'
    life.move('s1', 'Wed 15:00').passTo('Tue 18:00')
    life.answer = () => 'accepted'
    resend(life, 'updated').rest()
    expect(life.messages.slice(1)).toEqual([`Tue 18:00 updated sms ${ann}`])
    expect(again(life)?.window?.start).toBe(moment('Wed 14:30'))
  })
})
