import { claimHandOff, recordHandOff } from '../../db/handOffs'
import { handOffsOfRoute, liveRoutesOfVendor } from '../../db/handOffViews'
import { putIntegration } from '../../db/integrations'
import { readRouteFacts } from '../../db/routeFacts'
import type { HandOffAction } from '../../domain/facts'
import type { HandOffStep } from '../../domain/handOff'
import type { RouteRef } from '../../domain/routeWorkflow'
import { aStop, confirmedRoute, noon, seedCompany } from './seed'
import { useDatabase } from './useDatabase'

const database = useDatabase()
const minute = 60_000
const device = { vendor: 'samsara', deviceId: 'D1' } as const
const document = { routeId: 'r1', name: 'R', serviceDate: '2026-12-02', truckId: 'T1', deviceId: 'D1', stops: [] }
const accepted = { outcome: 'accepted', vendorRouteId: '4711' } as const
const unknown = { outcome: 'unknown', code: 'timeout', message: 'No answer.' } as const
const refused = { outcome: 'refused', code: '400', message: 'No.\0' } as const

let ref: RouteRef
beforeEach(async () => {
  ref = { companyId: await seedCompany(database.db), routeId: 'r1' }
  await confirmedRoute(database.db, ref.companyId, 'r1', [aStop('s1', { location: { latitude: 30, longitude: -97 } })])
})

const facts = async () => {
  const found = await readRouteFacts(database.db, ref, noon)
  if (found === null) throw new Error('The route is there.')
  return found
}
const stored = async () => (await facts()).handOffs[0] ?? null

/** Claims a call as the activity does: from the facts, in a transaction. */
async function claim(action: HandOffAction, says: string) {
  const step = {
    ...(action === 'withdraw' ? { action, document: null } : { action, document }),
    ...{ at: noon, says, device, stored: await stored() },
  } as HandOffStep
  return database.db.transaction((trx) => claimHandOff(trx, ref, step, noon, (failures) => noon + failures * minute))
}

const record = (claimed: Awaited<ReturnType<typeof claim>>, answer: Parameters<typeof recordHandOff>[2]) =>
  recordHandOff(database.db, claimed, answer, noon + 10 * minute)

test('a call that was claimed may have been made: nobody knows what the vendor has until its answer is written', async () => {
  const claimed = await claim('hand_over', 'one')
  expect(claimed).toMatchObject({ attempt: 1, revision: 1, failures: 1, document, sentBefore: null })
  expect(await stored()).toMatchObject({
    ...device,
    state: 'due',
    sent: null,
    wasTaken: false,
    mayBeThere: true,
    retryAt: noon + minute,
    lastAttempt: { at: noon, outcome: null },
  })
  await record(claimed, accepted)
  expect(await stored()).toMatchObject({ state: 'handed_over', sent: 'one', wasTaken: true, retryAt: null })
})

test('a call that is repeated keeps its revision, another one has its own', async () => {
  await record(await claim('hand_over', 'one'), unknown)
  const again = await claim('hand_over', 'one')
  expect(again).toMatchObject({ attempt: 2, revision: 1, failures: 2 })
  await record(again, accepted)
  expect(await claim('update', 'two')).toMatchObject({ attempt: 3, revision: 2, failures: 1, sentBefore: 'one' })
})

test('after a refusal the vendor has what it had; after an unknown outcome nobody knows', async () => {
  await record(await claim('hand_over', 'one'), accepted)
  const update = await claim('update', 'two')
  expect((await stored())?.sent).toBeNull()
  await record(update, refused)
  expect(await stored()).toMatchObject({ state: 'failed', sent: 'one', retryAt: noon + 10 * minute })
  await record(await claim('update', 'two'), unknown)
  expect(await stored()).toMatchObject({ state: 'failed', sent: null, mayBeThere: true })
})

test('a route that was refused is not there', async () => {
  await record(await claim('hand_over', 'one'), refused)
  expect(await stored()).toMatchObject({ state: 'failed', wasTaken: false, mayBeThere: false })
})

test('the answer to a call that was given up and repeated says nothing of how things stand', async () => {
  const late = await claim('hand_over', 'one')
  await record(await claim('hand_over', 'one'), accepted)
  await record(late, refused)
  expect(await stored()).toMatchObject({ state: 'handed_over', sent: 'one', retryAt: null })
  const [view] = await handOffsOfRoute(database.db, ref)
  expect(view).toMatchObject({
    vendorRouteId: '4711',
    attempts: [
      { action: 'hand_over', outcome: 'refused', code: '400', message: 'No.' },
      { outcome: 'accepted', at: noon },
    ],
  })
})

test('a withdrawal tells what was told last; then the next hand-over is another one', async () => {
  await record(await claim('hand_over', 'one'), accepted)
  const withdrawal = await claim('withdraw', 'withdrawn')
  expect(withdrawal).toMatchObject({ revision: 2, document })
  await record(withdrawal, { outcome: 'accepted', vendorRouteId: null })
  expect(await stored()).toBeNull()
  const again = await claim('hand_over', 'one')
  expect(again).toMatchObject({ attempt: 1, revision: 1 })
  expect(again.id).not.toBe(withdrawal.id)
  expect(await handOffsOfRoute(database.db, ref)).toMatchObject([{ state: 'withdrawn' }, { state: 'due' }])
})

test('a company hands off to the vendors whose integrations are complete', async () => {
  const secret = Buffer.from('sealed')
  const put = (vendor: 'samsara' | 'traccar' | 'generic', fields: object) =>
    putIntegration(database.db, ref.companyId, {
      vendor,
      webhookSecret: null,
      apiToken: null,
      apiUrl: null,
      handOffUrl: null,
      ...fields,
    })
  await put('samsara', { webhookSecret: secret })
  await put('generic', { handOffUrl: 'https://tso.example' })
  await put('traccar', { webhookSecret: secret, apiToken: secret, handOffUrl: 'https://traccar.example' })
  expect((await facts()).handsOffTo).toEqual([])
  await put('samsara', { apiToken: secret })
  await put('generic', { handOffUrl: 'https://tso.example', webhookSecret: secret })
  expect((await facts()).handsOffTo.sort()).toEqual(['generic', 'samsara'])
})

test('the live routes of a vendor are those on trucks with its devices', async () => {
  await confirmedRoute(database.db, ref.companyId, 'r2', [aStop('s1')], { truckId: 'T2' })
  expect(await liveRoutesOfVendor(database.db, ref.companyId, 'samsara')).toEqual([ref])
  expect(await liveRoutesOfVendor(database.db, ref.companyId, 'generic')).toEqual([])
})
