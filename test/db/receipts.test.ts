import fc from 'fast-check'
import { recordOutcome } from '../../db/notificationLedger'
import { getNotification } from '../../db/notifications'
import { type Receipt, recordReceipt } from '../../db/receipts'
import { mayBecome } from '../../domain/notificationStatus'
import type { NotificationStatus } from '../../domain/words'
import { aStop, confirmedRoute, noon, seedCompany, seedNotification } from './seed'
import { useDatabase } from './useDatabase'

const database = useDatabase()
let companyId: string
let messages = 0

beforeEach(async () => {
  companyId = await seedCompany(database.db)
  await confirmedRoute(database.db, companyId, 'R1', [aStop('S1')])
  messages += 1
})

const sid = () => `SM${messages}`
const seed = (fields: Record<string, unknown>) =>
  seedNotification(database.db, { company_id: companyId, route_id: 'R1', stop_id: 'S1', ...fields })
const receive = (status: Receipt['status'], fields: Partial<Receipt> = {}) =>
  recordReceipt(database.db, { providerId: sid(), status, at: noon, ...fields })
const stored = (id: string) => getNotification(database.db, companyId, id)

/** What Twilio answered to our own call. */
const nothingElse = { code: null, message: null, retryAt: null, reason: null, reasonText: null }
const taken = { ...nothingElse, attempt: 1, outcome: 'accepted', status: 'accepted' } as const

describe('a receipt', () => {
  test('moves the notification forward and says what it was about', async () => {
    const id = await seed({ status: 'accepted', provider_id: sid() })
    expect(await receive('sent')).toEqual({
      notificationId: id,
      companyId,
      routeId: 'R1',
      stopId: 'S1',
      event: 'confirmed',
      channel: 'sms',
      recipient: '+13125550100',
      status: 'sent',
      changed: true,
    })
    await receive('delivered', { at: noon + 1_000 })
    expect(await stored(id)).toMatchObject({ status: 'delivered', sentAt: noon, deliveredAt: noon + 1_000 })
  })

  test('that comes late or again changes nothing, but is kept', async () => {
    const id = await seed({ status: 'accepted', provider_id: sid() })
    await receive('delivered')
    expect(await receive('sent', { at: noon - 1 })).toMatchObject({ status: 'delivered', changed: false })
    expect(await receive('delivered', { at: noon + 1 })).toMatchObject({ status: 'delivered', changed: false })
    expect(await receive('undelivered')).toMatchObject({ status: 'delivered', changed: false })
    const view = await stored(id)
    expect(view).toMatchObject({ status: 'delivered', deliveredAt: noon, reason: null })
    expect(view?.receipts.map(({ status }) => status).sort()).toEqual(['delivered', 'sent', 'undelivered'])
  })

  test.each(['sending', 'unknown'])(
    'proves what became of one that is %s, and brings its provider id',
    async (status) => {
      const id = await seed({ status })
      expect(await receive('delivered', { notificationId: id })).toMatchObject({ status: 'delivered', changed: true })
      expect(await stored(id)).toMatchObject({ status: 'delivered', providerId: sid() })
    },
  )

  test('of a failure names the reason in words', async () => {
    const id = await seed({ status: 'sent', provider_id: sid() })
    await receive('failed', { code: '21610', reason: 'opted_out' })
    expect(await stored(id)).toMatchObject({
      status: 'failed',
      reason: 'opted_out',
      reasonText: 'The recipient has opted out with the provider.',
      receipts: [{ status: 'failed', code: '21610', at: noon }],
    })
  })

  test('of an unreachable phone says so without being told why', async () => {
    const id = await seed({ status: 'sent', provider_id: sid() })
    await receive('undelivered', { code: '30003' })
    expect(await stored(id)).toMatchObject({ status: 'undelivered', reason: 'unreachable' })
  })

  test('does not move what was never handed to a provider', async () => {
    const id = await seed({ status: 'suppressed', reason: 'stale' })
    expect(await receive('delivered', { notificationId: id })).toMatchObject({ status: 'suppressed', changed: false })
    expect(await stored(id)).toMatchObject({ status: 'suppressed', reason: 'stale', providerId: null })
  })

  test('of another message, or of none that is known, is nobody’s', async () => {
    const id = await seed({ status: 'accepted', provider_id: sid() })
    expect(await receive('delivered', { notificationId: id, providerId: 'SM-other' })).toBeNull()
    expect(await receive('delivered', { notificationId: 'no-id', providerId: 'SM-other' })).toBeNull()
    expect(await stored(id)).toMatchObject({ status: 'accepted' })
  })

  test('in whatever order, however often, and whenever our own call is answered: the status moves forward alone', async () => {
    const said = ['accepted', 'sent', 'delivered', 'undelivered', 'failed', 'answer'] as const
    let texts = 0
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('sending', 'unknown'),
        fc.array(fc.constantFrom(...said), { minLength: 1, maxLength: 10 }),
        async (before, sequence) => {
          texts += 1
          const providerId = `SM-any-${texts}`
          const id = await seed({ status: before, revision: texts })
          const seen: NotificationStatus[] = [before as NotificationStatus]
          for (const each of sequence) {
            if (each === 'answer') await recordOutcome(database.db, { ...taken, id, providerId }, noon)
            else await receive(each, { notificationId: id, providerId })
            const now = (await stored(id))?.status
            if (now !== undefined && now !== seen.at(-1)) seen.push(now)
          }
          for (const [n, status] of seen.entries())
            if (n > 0) expect(mayBecome(seen[n - 1] ?? 'planned', status)).toBe(true)
          // The first that ends it stands; else the furthest.
          const rank = ['accepted', 'sent', 'delivered']
          const words = sequence.map((each) => (each === 'answer' ? 'accepted' : each))
          const last = words.find((each) => each !== 'accepted' && each !== 'sent')
          const furthest = words.reduce((a, b) => (rank.indexOf(b) > rank.indexOf(a) ? b : a))
          const view = await stored(id)
          expect(view).toMatchObject({ status: last ?? furthest, providerId })
          const kept = [...new Set(words)].filter((each) => each !== 'accepted')
          expect(view?.receipts.map(({ status }) => status).sort()).toEqual(kept.sort())
        },
      ),
      { numRuns: 60 },
    )
  })

  test('of several at once, the furthest stands', async () => {
    const id = await seed({ status: 'accepted', provider_id: sid() })
    await Promise.all([receive('sent'), receive('delivered'), receive('sent')])
    expect(await stored(id)).toMatchObject({ status: 'delivered' })
  })
})
