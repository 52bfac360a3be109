import {
  type AttemptResult,
  claimNotifications,
  countLookUp,
  recordOutcome,
  twinsOf,
  type UnknownText,
  unknownTexts,
} from '../../db/notificationLedger'
import { getNotification } from '../../db/notifications'
import { recordReceipt } from '../../db/receipts'
import { aStop, confirmedRoute, noon, seedCompany, seedNotification } from './seed'
import { useDatabase } from './useDatabase'

const database = useDatabase()
let companyId: string
let id: string
let messages = 0

beforeEach(async () => {
  companyId = await seedCompany(database.db)
  await confirmedRoute(database.db, companyId, 'R1', [aStop('S1'), aStop('S2')])
  id = await seedNotification(database.db, { company_id: companyId, route_id: 'R1', stop_id: 'S1' })
  messages += 1
})

const sid = () => `SM-ledger-${messages}`
const stored = () => getNotification(database.db, companyId, id)
async function claim(attempt: number, notification = id): Promise<boolean> {
  const message = { id: notification, attempt, subject: null, text: `Hello ${messages}`, shortened: false }
  return (await claimNotifications(database.db, [message], noon)).has(notification)
}

const nothing = { code: null, message: null, retryAt: null, providerId: null, reason: null, reasonText: null }
const accepted = { outcome: 'accepted', status: 'accepted', providerId: 'SM' } as const
const refused = { outcome: 'permanent', status: 'failed', reason: 'unreachable' } as const
const later = { outcome: 'try_later', status: 'sending', retryAt: noon + 5_000 } as const
const unknown = { outcome: 'unknown', status: 'unknown' } as const

function record(attempt: number, result: Pick<AttemptResult, 'outcome' | 'status'> & Partial<AttemptResult>) {
  const providerId = result.outcome === 'accepted' ? sid() : null
  return recordOutcome(database.db, { ...nothing, ...result, providerId, id, attempt }, noon)
}

async function theUnknown(): Promise<UnknownText> {
  const [text] = await unknownTexts(database.db, [id])
  if (text === undefined) throw new Error('The text is not unknown.')
  return text
}

test('of two workers that claim one attempt at once, one may call', async () => {
  const claims = await Promise.all([claim(1), claim(1)])
  expect(claims.sort()).toEqual([false, true])
})

test('the outcome of an attempt moves the notification, and may be written twice', async () => {
  await claim(1)
  await record(1, accepted)
  await record(1, accepted)
  expect(await stored()).toMatchObject({ status: 'accepted', providerId: sid(), sentAt: noon })
})

test("a receipt that comes before the call's answer is not undone by it", async () => {
  await claim(1)
  await recordReceipt(database.db, { notificationId: id, providerId: sid(), status: 'delivered', at: noon })
  await record(1, accepted)
  expect(await stored()).toMatchObject({ status: 'delivered', providerId: sid() })
})

test('a late failure of a call that a look-up has found changes nothing', async () => {
  await claim(1)
  await record(1, accepted)
  await record(1, unknown)
  expect(await stored()).toMatchObject({ status: 'accepted', attempts: [{ outcome: 'accepted' }] })
})

test.each([
  ['failure', refused],
  ['doubt', unknown],
  ['retry', later],
])('the late %s of a worker that was frozen does not move what another one is trying again', async (_, late) => {
  await claim(1)
  await claim(2)
  await record(1, late)
  expect(await stored()).toMatchObject({
    status: 'sending',
    reason: null,
    attempts: [late.outcome, null].map((outcome) => ({ outcome })),
  })
})

test('the late success of a worker that was frozen counts', async () => {
  await claim(1)
  await record(1, later)
  await claim(2)
  await record(1, accepted)
  await record(2, refused)
  expect(await stored()).toMatchObject({ status: 'accepted', providerId: sid(), reason: null })
})

test('a look-up is counted once, whoever makes it', async () => {
  await claim(1)
  await record(1, unknown)
  const text = await theUnknown()
  const counts = await Promise.all([countLookUp(database.db, text), countLookUp(database.db, text)])
  expect(counts.sort()).toEqual([false, true])
  expect((await theUnknown()).lookUps).toBe(1)
})

test('a text whose call died with the worker is unknown, and says so', async () => {
  await claim(1)
  expect(await theUnknown()).toMatchObject({ crashed: true, attempt: 1, attemptedAt: noon })
})

test('an equal text to the same number is in flight while its call runs, and unknown itself after a crash', async () => {
  await claim(1)
  await record(1, unknown)
  const fields = { company_id: companyId, route_id: 'R1', stop_id: 'S2' }
  const twin = await seedNotification(database.db, fields)
  const twins = async () => twinsOf(database.db, await theUnknown())
  expect(await twins()).toEqual({ inFlight: 0, unknown: 0 })
  await claim(1, twin)
  expect(await twins()).toEqual({ inFlight: 1, unknown: 0 })
  const calledAgo = (ms: number) =>
    database
      .db('attempts')
      .where({ notification_id: twin })
      .update({ called_at: new Date(Date.now() - ms) })
  await calledAgo(30_000)
  expect(await twins()).toEqual({ inFlight: 0, unknown: 1 })
  // Too long ago for the provider's message to be its.
  await calledAgo(3_600_000)
  expect(await twins()).toEqual({ inFlight: 0, unknown: 0 })
})
