import {
  type Change,
  changesBetween,
  rebase,
  type SettingsDocument,
  withChanges,
} from '../../console/pages/settings/settingsDocument'
import { defaultSettings } from '../../domain/settings'

const base = defaultSettings as unknown as SettingsDocument
const changed = (...changes: [path: string, to: unknown][]) =>
  withChanges(
    base,
    changes.map(([path, to]) => ({ path, to })),
  )
const paths = (changes: Change[]) => changes.map(({ path }) => path)

test('what differs is told field by field, a list as one field', () => {
  const document = changed(['confirmation.sendAfter', '17:00'], ['businessDays', [1, 2]])
  expect(changesBetween(base, document)).toEqual([
    { path: 'confirmation.sendAfter', from: '16:00', to: '17:00' },
    { path: 'businessDays', from: [1, 2, 3, 4, 5], to: [1, 2] },
  ])
  expect(changesBetween(base, structuredClone(base))).toEqual([])
})

test('what is switched off altogether is one change, and can be changed into again', () => {
  const off = changed(['quietHours', null])
  expect(changesBetween(base, off)).toEqual([{ path: 'quietHours', from: { from: '21:00', to: '08:00' }, to: null }])
  expect(withChanges(off, [{ path: 'quietHours.from', to: '22:00' }]).quietHours).toEqual({ from: '22:00' })
})

test('changes that are undone give the document of before, which stays as it was', () => {
  const document = changed(['timeZone', 'America/Chicago'], ['events.arrived.enabled', true])
  const before = structuredClone(document)
  expect(withChanges(document, changesBetween(base, document), 'from')).toEqual(base)
  expect(document).toEqual(before)
})

test('one’s own changes go on top of those of somebody else', () => {
  const mine = changed(['confirmation.sendAfter', '17:00'])
  const theirs = changed(['sms.characterLimit', 120], ['confirmation.sameDayDelayMinutes', 10])
  const { document, clashes } = rebase(base, mine, theirs)
  expect(paths(changesBetween(base, document))).toEqual([
    'confirmation.sendAfter',
    'confirmation.sameDayDelayMinutes',
    'sms.characterLimit',
  ])
  expect(clashes).toEqual([])
})

test('a field that both have changed is named, and one’s own stands', () => {
  const mine = changed(['sms.characterLimit', 90], ['quietHours.from', '22:00'])
  const theirs = changed(['sms.characterLimit', 120], ['quietHours', null])
  const { document, clashes } = rebase(base, mine, theirs)
  expect(document.sms.characterLimit).toBe(90)
  expect(paths(clashes)).toEqual(['sms.characterLimit', 'quietHours'])
})
