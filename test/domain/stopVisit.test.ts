import fc from 'fast-check'
import { type VisitEventKind, visitEventKinds } from '../../domain/facts'
import { stopVisit } from '../../domain/stopVisit'
import { aReport } from './facts'

const dwell = 60
const never = { arrivedAt: null, departedAt: null }

/** `enter 100, exit 130` as reports. */
const reports = (text: string) =>
  text
    .split(', ')
    .filter((part) => part !== '')
    .map((part) => part.split(' ') as [VisitEventKind, string])
    .map(([kind, at]) => aReport(kind, Number(at)))

const visit = (text: string, now = 10_000) => stopVisit(never, reports(text), dwell, now)
/** `departed 100-170`, with `!` if the arrival itself was reported. */
const spoken = ({ status, arrivedAt, departedAt, arrivalReported }: ReturnType<typeof stopVisit>) =>
  `${status} ${arrivedAt ?? ''}-${departedAt ?? ''}${arrivalReported ? '!' : ''}`

test.each([
  ['', 'pending -', 'nothing was reported'],
  ['arrived 100', 'arrived 100-!', 'an arrival'],
  ['arrived 100, departed 200', 'departed 100-200!', 'an arrival and a departure'],
  ['departed 200, arrived 100', 'departed 100-200!', 'they count in the order in which they happened'],
  ['departed 200', 'departed 200-200', 'a departure without an arrival marks both, and no arrival was reported'],
  ['departed 100, arrived 150', 'departed 100-100', 'what comes after the departure is another visit'],
  ['arrived 100, arrived 120, departed 200, departed 220', 'departed 100-200!', 'the first of each counts'],
  ['skipped 100', 'skipped -', 'a skip'],
  ['skipped 100, arrived 200', 'arrived 200-!', 'a later true arrival still counts'],
  ['arrived 100, skipped 200', 'arrived 100-!', 'only a pending stop is skipped'],
  ['skipped 100, departed 200', 'departed 200-200', 'a departure counts too'],
  ['enter 100', 'arrived 100-!', 'an entry that has dwelt; it arrived when it entered'],
  ['enter 100, exit 159', 'pending -', 'an exit inside the dwell: a drive-by'],
  ['enter 100, exit 160', 'departed 100-160!', 'an exit at the end of the dwell'],
  ['enter 100, exit 130, enter 200, exit 300', 'departed 200-300!', 'a drive-by, then a visit'],
  ['enter 100, enter 150, exit 170', 'departed 100-170!', 'of two entries the first counts'],
  ['exit 100', 'pending -', 'an exit whose entry never comes'],
  ['exit 100, enter 50', 'pending -', 'an exit that comes before its entry is judged when the entry comes'],
  ['exit 200, enter 50', 'departed 50-200!', 'also when the truck had dwelt'],
  ['arrived 50, exit 100', 'departed 50-100!', 'an exit after an arrival by another source'],
  ['arrived 200, exit 100', 'arrived 200-!', 'an exit before it does nothing'],
  ['enter 100, departed 130', 'departed 100-130', 'a departure inside the dwell: it was there since the entry'],
])('%s: %s (%s)', (text, expected) => {
  expect(spoken(visit(text))).toBe(expected)
})

test('an entry is undecided until its dwell ends', () => {
  expect(visit('enter 100', 159)).toMatchObject({ status: 'pending', undecidedUntil: 160 })
  expect(visit('enter 100', 160)).toMatchObject({ status: 'arrived', undecidedUntil: null })
  expect(visit('arrived 90, enter 100', 110).undecidedUntil).toBeNull()
  expect(visit('enter 100, departed 130', 140).undecidedUntil).toBeNull()
})

test('what the stop already is, it stays', () => {
  const known = { arrivedAt: 200, departedAt: null }
  expect(spoken(stopVisit(known, reports('enter 100, exit 130'), dwell, 300))).toBe('arrived 200-')
  expect(spoken(stopVisit(known, reports('arrived 100'), dwell, 300))).toBe('arrived 200-!')
  expect(spoken(stopVisit({ arrivedAt: 200, departedAt: 250 }, [], dwell, 300))).toBe('departed 200-250')
})

test('a departure is never before the arrival on record', () => {
  const late = stopVisit({ arrivedAt: 200, departedAt: null }, reports('departed 150'), dwell, 300)
  expect(late).toMatchObject({ status: 'departed', arrivedAt: 200, departedAt: 200 })
})

const anyReports = fc
  .array(fc.tuple(fc.constantFrom(...visitEventKinds), fc.integer({ min: 0, max: 400 })), { maxLength: 8 })
  .map((list) => list.map(([kind, at]) => aReport(kind, at)))
const anyOrder = anyReports.chain((list) =>
  fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }).map((shuffled) => ({ list, shuffled })),
)

test('the order in which reports come does not matter', () => {
  fc.assert(
    fc.property(anyOrder, fc.integer({ min: 0, max: 600 }), ({ list, shuffled }, now) => {
      expect(stopVisit(never, shuffled, dwell, now)).toEqual(stopVisit(never, list, dwell, now))
    }),
  )
})

const rank = { pending: 0, skipped: 1, arrived: 2, departed: 3 }

test('as reports come in a visit only moves forward, and is never behind what they amount to together', () => {
  fc.assert(
    fc.property(anyOrder, ({ shuffled }) => {
      let known: { arrivedAt: number | null; departedAt: number | null } = never
      let before = 0
      for (const [index] of shuffled.entries()) {
        const after = stopVisit(known, shuffled.slice(0, index + 1), dwell, 1_000)
        expect(rank[after.status]).toBeGreaterThanOrEqual(before)
        if (known.arrivedAt !== null) expect(after.arrivedAt).toBe(known.arrivedAt)
        if (known.departedAt !== null) expect(after.departedAt).toBe(known.departedAt)
        if (after.departedAt !== null) expect(after.departedAt).toBeGreaterThanOrEqual(after.arrivedAt ?? Infinity)
        known = after
        before = rank[after.status]
      }
      expect(before).toBeGreaterThanOrEqual(rank[stopVisit(never, shuffled, dwell, 1_000).status])
    }),
    { numRuns: 500 },
  )
})

test('a report that comes twice changes nothing', () => {
  fc.assert(
    fc.property(anyReports, (list) => {
      const twice = list.flatMap((report) => [report, report])
      expect(stopVisit(never, twice, dwell, 500)).toEqual(stopVisit(never, list, dwell, 500))
    }),
  )
})
