import { effectSentence } from '../../console/pages/settings/effectWords'
import { fieldName, valueInWords } from '../../console/pages/settings/settingsWords'
import { settingsChanges } from '../../db/settingsDocument'
import { defaultSettings } from '../../domain/settings'

test('every field of the settings has a name of its own', () => {
  const fields = settingsChanges({}, defaultSettings).map(({ path }) => path)
  const inner = fields.flatMap((path) => leaves(path))
  expect(inner.length).toBeGreaterThan(40)
  const names = inner.map(fieldName)
  expect(names.filter((name, index) => name === inner[index])).toEqual([])
  expect(new Set(names).size).toBe(names.length)
})

test('a problem inside of a list has the name of the list', () => {
  expect(fieldName('holidays.3')).toBe('Holidays')
  expect(fieldName('internalRecipients.1.address')).toBe('Internal recipient 2, address')
})

test.each([
  ['smsEnabled', true, 'on'],
  ['quietHours', null, 'none'],
  ['quietHours', { from: '21:00', to: '08:00' }, 'from 21:00, to 08:00'],
  ['businessDays', [1, 7], 'Mon, Sun'],
  ['holidays', [], 'none'],
  [
    'internalRecipients',
    [{ method: 'sms', address: '+15125550101', events: ['confirmed', 'arrived'] }],
    'method sms, address +15125550101, events confirmed, arrived',
  ],
  ['confirmation.policy', 'from_cutoff', 'At that time; when confirmed later, at once'],
])('a value is read in words: %s %j', (path, value, said) => {
  expect(valueInWords(path, value)).toBe(said)
})

const nothing = { moved: 0, going: 0, suppressed: 0, reworded: 0, routes: 3, complete: true }

test.each([
  [{}, 'No message that is waiting would change.'],
  [{ moved: 12 }, '12 messages would move.'],
  [{ moved: 1 }, '1 message would move.'],
  [
    { moved: 12, suppressed: 3, going: 1 },
    '3 messages would not go, 12 would move, 1 would go that would not have gone.',
  ],
  [{ reworded: 2, complete: false }, '2 messages would say something else. Of the first 3 routes; there are more.'],
])('the effect is one sentence: %j', (counts, sentence) => {
  expect(effectSentence({ ...nothing, ...counts })).toBe(sentence)
})

function leaves(path: string): string[] {
  const value = path.split('.').reduce<unknown>((tree, key) => (tree as Record<string, unknown>)[key], defaultSettings)
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path]
  return Object.keys(value).flatMap((key) => leaves(`${path}.${key}`))
}
