import { timelineOf } from '../../console/pages/stop/timeline'

const entry = (at: string, kind: string, data: Record<string, unknown> = {}) => ({
  at: `2026-12-02T${at}Z`,
  kind,
  text: `${kind} of something`,
  data,
})

test.each([
  ['answer', { outcome: 'accepted' }, '•', 'good'],
  ['answer', { outcome: 'permanent' }, '!', 'bad'],
  ['answer', { outcome: 'unknown' }, '?', 'warning'],
  ['receipt', { status: 'delivered' }, '✓', 'good'],
  ['receipt', { status: 'undelivered' }, '!', 'bad'],
  ['suppressed', { status: 'suppressed' }, '–', 'warning'],
  ['told_by_phone', {}, '☎', 'good'],
  ['something_new', {}, '•', 'quiet'],
])('%s with %j has the sign %s', (kind, data, symbol, tone) => {
  expect(timelineOf([entry('10:00:00', kind, data)])).toMatchObject([{ symbol, tone }])
})

test('each entry says how long it was after the one before', () => {
  const entries = ['10:00:00', '10:00:59', '10:05:00', '12:05:00', '14:35:00'].map((at) => entry(at, 'claim'))
  expect(timelineOf(entries).map(({ gap }) => gap)).toEqual([
    null,
    null,
    '4 min later',
    '2 h later',
    '2 h 30 min later',
  ])
})

test('a timer that is set is still to come, one that went off is not', () => {
  const [set, gone] = timelineOf([
    entry('10:00:00', 'timer', { set: true }),
    entry('11:00:00', 'timer', { set: false }),
  ])
  expect([set?.isAhead, gone?.isAhead]).toEqual([true, false])
})

test('an entry about a message names it, one about the stop none', () => {
  const items = timelineOf([entry('10:00:00', 'claim', { notificationId: 'n1' }), entry('10:00:00', 'route')])
  expect(items.map(({ notificationId }) => notificationId)).toEqual(['n1', null])
})
