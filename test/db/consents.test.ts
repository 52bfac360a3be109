import { listConsents, type NewConsent, optedOut, recordConsent } from '../../db/consents'
import { seedCompany } from './seed'
import { useDatabase } from './useDatabase'

const database = useDatabase()
let ours: string
let theirs: string
let numbers = 0
let address: string

beforeEach(async () => {
  ours = await seedCompany(database.db)
  theirs = await seedCompany(database.db)
  numbers += 1
  address = `+1312555${String(numbers).padStart(4, '0')}`
})

const record = (action: NewConsent['action'], companyId: string | null, fields: Partial<NewConsent> = {}) =>
  recordConsent(database.db, { companyId, channel: 'sms', address, action, source: 'test', ...fields })
const isOut = async (companyId: string) =>
  (await optedOut(database.db, companyId, [{ channel: 'sms', address }])).size > 0

describe('an opt-out', () => {
  test('is the latest word about the address and channel', async () => {
    expect(await isOut(ours)).toBe(false)
    await record('revoked', ours)
    expect(await isOut(ours)).toBe(true)
    await record('granted', ours)
    expect(await isOut(ours)).toBe(false)
  })

  test('by staff or link binds its own company, and its own channel', async () => {
    await record('revoked', ours)
    expect(await isOut(theirs)).toBe(false)
    const found = await optedOut(database.db, ours, [
      { channel: 'sms', address },
      { channel: 'email', address: 'a@b.example' },
      { channel: 'email', address },
    ])
    expect([...found]).toEqual([`sms:${address}`])
    expect(await optedOut(database.db, ours, [])).toEqual(new Set())
  })

  test('by STOP binds every company, also one that comes later, and only START lifts it', async () => {
    await record('revoked', null)
    expect(await isOut(ours)).toBe(true)
    expect(await isOut(await seedCompany(database.db))).toBe(true)
    await record('granted', ours)
    expect(await isOut(ours)).toBe(true)
    await record('granted', null)
    expect(await isOut(ours)).toBe(false)
    expect(await isOut(theirs)).toBe(false)
  })

  test('by staff is lifted by a later START, and not by an earlier one', async () => {
    await record('granted', null)
    await record('revoked', ours)
    expect(await isOut(ours)).toBe(true)
    await record('granted', null)
    expect(await isOut(ours)).toBe(false)
  })
})

describe('the list of consents', () => {
  test('has those of the company and every STOP and START, the latest first, page by page', async () => {
    const own = await record('granted', ours, { note: 'by phone', recordedBy: 'ann' })
    const stop = await record('revoked', null)
    await record('revoked', theirs)
    const later = await record('granted', ours)
    const first = await listConsents(database.db, ours, { address, limit: 2 })
    expect(first.items).toEqual([later, stop])
    const second = await listConsents(database.db, ours, { address, limit: 2, after: first.next ?? '' })
    expect(second).toEqual({ items: [own], next: null })
  })

  test('goes over every address without one', async () => {
    await record('granted', ours)
    await record('granted', ours, { channel: 'email', address: 'a@b.example' })
    const { items } = await listConsents(database.db, ours, { limit: 2 })
    expect(items.map((consent) => consent.address)).toEqual(['a@b.example', address])
  })
})
