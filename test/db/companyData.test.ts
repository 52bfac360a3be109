import { getCompany, putCompany } from '../../db/companies'
import { getContract, liveRoutesOfContract, missingContracts, putContract } from '../../db/contracts'
import { deleteIntegration, getIntegration, putIntegration } from '../../db/integrations'
import { setRouteStatus } from '../../db/routes'
import { deviceSeen, getTruck, liveRoutesOfTruck, putTruck, truckOfDevice } from '../../db/trucks'
import type { DeliveryNotification } from '../../domain/words'
import { aStop, confirmedRoute, noon, seedCompany } from './seed'
import { useDatabase } from './useDatabase'

const database = useDatabase()
let companyId: string

beforeEach(async () => {
  companyId = await seedCompany(database.db)
})

describe('a company', () => {
  test('is created once and replaced after that', async () => {
    const company = { companyId: 'new', name: 'New', phone: '+13125550100', website: null, country: 'CA' }
    expect(await putCompany(database.db, company)).toMatchObject({ company, created: true })
    const renamed = { ...company, name: 'Renamed', phone: null }
    expect(await putCompany(database.db, renamed)).toMatchObject({ company: renamed, created: false })
    expect(await getCompany(database.db, 'new')).toMatchObject(renamed)
    expect(await getCompany(database.db, 'nobody')).toBeNull()
  })
})

describe('a truck', () => {
  const device = { vendor: 'samsara', deviceId: 'D1' } as const

  test('is found by its device, in its company alone', async () => {
    const other = await seedCompany(database.db)
    await putTruck(database.db, other, { truckId: 'T1', name: 'Other', device: null })
    expect(await truckOfDevice(database.db, companyId, 'samsara', 'D1')).toMatchObject({ truckId: 'T1', device })
    expect(await truckOfDevice(database.db, other, 'samsara', 'D1')).toBeNull()
    expect(await truckOfDevice(database.db, companyId, 'generic', 'D1')).toBeNull()
  })

  test('does not get the device of another, and the transaction that tried goes on', async () => {
    await database.db.transaction(async (trx) => {
      const refused = await putTruck(trx, companyId, { truckId: 'T2', name: 'Truck 2', device })
      expect(refused).toEqual({ conflict: 'device_already_linked', truckId: 'T1' })
      await putTruck(trx, companyId, { truckId: 'T1', name: 'Truck 1', device: null })
      expect(await putTruck(trx, companyId, { truckId: 'T2', name: 'Truck 2', device })).toMatchObject({
        created: false,
        deviceChanged: true,
        truck: { device },
      })
    })
  })

  test('gets the device once when two trucks ask at once', async () => {
    const free = { vendor: 'traccar', deviceId: 'D9' } as const
    const outcomes = await Promise.all(
      ['T3', 'T4'].map((truckId) => putTruck(database.db, companyId, { truckId, name: truckId, device: free })),
    )
    expect(outcomes.filter((outcome) => 'conflict' in outcome)).toHaveLength(1)
  })

  test('knows when its device was last heard of, until it gets another', async () => {
    const lastSeen = async () => (await getTruck(database.db, companyId, 'T1'))?.deviceLastEventAt
    expect(await lastSeen()).toBeNull()
    await deviceSeen(database.db, companyId, 'T1', noon)
    await deviceSeen(database.db, companyId, 'T1', noon - 1)
    expect(await lastSeen()).toBe(noon)
    const renamed = await putTruck(database.db, companyId, { truckId: 'T1', name: 'Renamed', device })
    expect(renamed).toMatchObject({ deviceChanged: false, truck: { deviceLastEventAt: noon } })
    await putTruck(database.db, companyId, { truckId: 'T1', name: 'T', device: { ...device, deviceId: 'D2' } })
    expect(await lastSeen()).toBeNull()
  })

  test('names its confirmed and running routes', async () => {
    await confirmedRoute(database.db, companyId, 'R1', [aStop('S1')])
    const finished = await confirmedRoute(database.db, companyId, 'R2', [aStop('S1')])
    await confirmedRoute(database.db, companyId, 'R3', [aStop('S1')], { truckId: 'T2' })
    await setRouteStatus(database.db, finished, 'completed')
    expect(await liveRoutesOfTruck(database.db, companyId, 'T1')).toEqual([{ companyId, routeId: 'R1' }])
  })
})

describe('an integration', () => {
  test('keeps a secret that is not sent again, and forgets one that is removed', async () => {
    const secret = Buffer.from([0, 1, 255])
    const document = { vendor: 'samsara', apiUrl: 'https://api.example', handOffUrl: null } as const
    const created = await putIntegration(database.db, companyId, {
      ...document,
      webhookSecret: secret,
      apiToken: secret,
    })
    expect(created).toMatchObject({ created: true, integration: { webhookSecret: secret, apiToken: secret } })
    const kept = await putIntegration(database.db, companyId, { ...document, apiUrl: null, apiToken: null })
    expect(kept).toMatchObject({ created: false, integration: { webhookSecret: secret, apiToken: null, apiUrl: null } })
    expect(await getIntegration(database.db, companyId, 'samsara')).toEqual(kept.integration)
  })

  test('is gone after it was deleted', async () => {
    await putIntegration(database.db, companyId, { vendor: 'generic', apiUrl: null, handOffUrl: null })
    expect(await deleteIntegration(database.db, companyId, 'generic')).toBe(true)
    expect(await deleteIntegration(database.db, companyId, 'generic')).toBe(false)
    expect(await getIntegration(database.db, companyId, 'generic')).toBeNull()
  })
})

describe('a contract', () => {
  const text: DeliveryNotification = {
    method: 'sms',
    address: '+13125550111',
    events: ['confirmed', 'departed'],
    onlyIfTextFails: false,
  }
  const email: DeliveryNotification = {
    method: 'email',
    address: "o'neil+x@b.example",
    events: [],
    onlyIfTextFails: true,
  }
  const contract = { number: 'N1', customer: { name: 'Bo "B" {x}' }, fields: { gate: '#12, left' } }
  const put = (deliveryNotifications: DeliveryNotification[]) =>
    database.db.transaction((trx) => putContract(trx, companyId, { ...contract, deliveryNotifications }))

  test('is replaced as a whole, its delivery notifications in their order', async () => {
    expect(await put([text, email])).toEqual({ created: true })
    expect(await getContract(database.db, companyId, 'N1')).toMatchObject({
      ...contract,
      deliveryNotifications: [text, email],
    })
    expect(await put([email])).toEqual({ created: false })
    expect((await getContract(database.db, companyId, 'N1'))?.deliveryNotifications).toEqual([email])
    await put([])
    expect((await getContract(database.db, companyId, 'N1'))?.deliveryNotifications).toEqual([])
  })

  test('that is put twice at once is one of the two, not a mixture', async () => {
    await Promise.all([put([text, email]), put([email, text]), put([text])])
    const stored = (await getContract(database.db, companyId, 'N1'))?.deliveryNotifications
    expect([[text, email], [email, text], [text]]).toContainEqual(stored)
  })

  test('that does not exist is named once', async () => {
    expect(await missingContracts(database.db, companyId, ['X', 'C1', 'Y', 'X'])).toEqual(['X', 'Y'])
    expect(await missingContracts(database.db, companyId, [])).toEqual([])
  })

  test('names the confirmed and running routes that it is on', async () => {
    await confirmedRoute(database.db, companyId, 'R1', [aStop('S1'), aStop('S2')])
    await confirmedRoute(database.db, companyId, 'R2', [aStop('S1', { contractNumbers: ['C2'] })])
    const unconfirmed = await confirmedRoute(database.db, companyId, 'R3', [aStop('S1')])
    await setRouteStatus(database.db, unconfirmed, 'planned')
    expect(await liveRoutesOfContract(database.db, companyId, 'C1')).toEqual([{ companyId, routeId: 'R1' }])
  })
})
