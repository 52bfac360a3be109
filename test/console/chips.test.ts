import { chipsOf } from '../../console/pages/routes/chips'

test('a stop has one chip an event, in the order of a visit, which names every message', () => {
  const chips = chipsOf([
    { event: 'arrived', status: 'planned', count: 1 },
    { event: 'confirmed', status: 'delivered', count: 2 },
    { event: 'confirmed', status: 'failed', reason: 'unreachable', count: 1 },
  ])
  expect(chips.map(({ symbol, label }) => `${symbol} ${label}`)).toEqual([
    '! Confirmation: Phone or mailbox cannot be reached, Delivered (2 messages)',
    '◦ Arrival: Planned',
  ])
})

test('what was suppressed hides nothing that was sent', () => {
  const [chip] = chipsOf([
    { event: 'confirmed', status: 'suppressed', reason: 'event_off', count: 1 },
    { event: 'confirmed', status: 'delivered', count: 1 },
  ])
  expect(chip).toMatchObject({ symbol: '✓', tone: 'good' })
})

test('a customer who could not be told is seen although another at the stop was', () => {
  const [chip] = chipsOf([
    { event: 'confirmed', status: 'delivered', count: 1 },
    { event: 'confirmed', status: 'suppressed', reason: 'opted_out', count: 1 },
  ])
  expect(chip).toMatchObject({ symbol: '–', tone: 'warning', label: 'Confirmation: Not sent: opted out, Delivered' })
})

test('what somebody told by phone says so, and hides nothing that still needs a person', () => {
  const told = { event: 'confirmed', status: 'failed', reason: 'unreachable', count: 1, toldByPhone: true } as const
  expect(chipsOf([told])).toMatchObject([
    { symbol: '☎', tone: 'good', label: 'Confirmation: Phone or mailbox cannot be reached, told by phone' },
  ])
  expect(chipsOf([told, { event: 'confirmed', status: 'unknown', count: 1 }])).toMatchObject([{ symbol: '?' }])
})
