import { currentSettings, listSettingsVersions, saveSettings, settingsOfVersion } from '../../db/settingsVersions'
import { rows } from '../../db/sql'
import { defaultSettings, type Settings } from '../../domain/settings'
import { seedCompany } from './seed'
import { useDatabase } from './useDatabase'

const database = useDatabase()
let companyId: string

beforeEach(async () => {
  companyId = await seedCompany(database.db)
})

const cutoffAt = (sendAfter: string): Settings => ({
  ...defaultSettings,
  confirmation: { ...defaultSettings.confirmation, sendAfter },
})

const save = (settings: Settings, expectedVersion?: number) =>
  database.db.transaction((trx) => saveSettings(trx, companyId, settings, { changedBy: 'ann', expectedVersion }))

describe('settings of a company', () => {
  test('are the defaults, as version 0, until somebody saves', async () => {
    expect(await currentSettings(database.db, companyId)).toEqual({ version: 0, settings: defaultSettings })
    expect(await settingsOfVersion(database.db, companyId, 0)).toEqual(defaultSettings)
    expect(await settingsOfVersion(database.db, companyId, 1)).toBeNull()
  })

  test('that were saved are current, with who changed what', async () => {
    expect(await save(cutoffAt('17:00'))).toEqual({ saved: true, version: 1, changed: true })
    expect(await save({ ...cutoffAt('17:30'), quietHours: null, businessDays: [1, 2] })).toMatchObject({ version: 2 })
    const current = await currentSettings(database.db, companyId)
    expect(current).toMatchObject({ version: 2, settings: { quietHours: null, businessDays: [1, 2] } })
    const { items } = await listSettingsVersions(database.db, companyId, { limit: 10 })
    expect(items).toEqual([
      {
        version: 2,
        changedBy: 'ann',
        changedAt: expect.any(Number),
        changes: [
          { path: 'businessDays', from: [1, 2, 3, 4, 5], to: [1, 2] },
          { path: 'confirmation.sendAfter', from: '17:00', to: '17:30' },
          { path: 'quietHours', from: { from: '21:00', to: '08:00' }, to: null },
        ],
      },
      expect.objectContaining({ version: 1 }),
    ])
  })

  test('saved again unchanged make no version, whatever the order of their fields', async () => {
    await save(cutoffAt('17:00'))
    const reordered = Object.fromEntries(Object.entries(cutoffAt('17:00')).reverse()) as unknown as Settings
    expect(await save(reordered)).toEqual({ saved: true, version: 1, changed: false })
    expect((await listSettingsVersions(database.db, companyId, { limit: 10 })).items).toHaveLength(1)
  })

  test('saved for the first time are a version even when they repeat the defaults', async () => {
    expect(await save(defaultSettings)).toEqual({ saved: true, version: 1, changed: true })
  })

  test('are refused when somebody else saved since they were read', async () => {
    await save(cutoffAt('17:00'))
    expect(await save(cutoffAt('18:00'), 0)).toEqual({ saved: false, version: 1 })
    expect(await save(cutoffAt('18:00'), 1)).toMatchObject({ saved: true, version: 2 })
  })

  test('saved at once with the same expectation are saved once', async () => {
    const outcomes = await Promise.all(['17:00', '18:00', '19:00'].map((at) => save(cutoffAt(at), 0)))
    expect(outcomes.filter(({ saved }) => saved)).toHaveLength(1)
    expect(outcomes.every(({ version }) => version === 1)).toBe(true)
  })

  test('saved at once without an expectation are all kept, one after the other', async () => {
    const outcomes = await Promise.all(['17:00', '18:00', '19:00'].map((at) => save(cutoffAt(at))))
    expect(outcomes.map(({ version }) => version).sort()).toEqual([1, 2, 3])
  })

  test('stored by an earlier release take the default of a field that is new', async () => {
    await save(cutoffAt('17:00'))
    await rows(
      database.db,
      `UPDATE settings_versions SET document = document #- '{confirmation,policy}' #- '{arrivals}' #- '{events,updated}'
       WHERE company_id = :companyId`,
      { companyId },
    )
    expect((await currentSettings(database.db, companyId)).settings).toEqual(cutoffAt('17:00'))
  })

  test('are listed in pages, the latest first', async () => {
    for (const at of ['17:00', '18:00', '19:00']) await save(cutoffAt(at))
    const first = await listSettingsVersions(database.db, companyId, { limit: 2 })
    expect(first.items.map(({ version }) => version)).toEqual([3, 2])
    const second = await listSettingsVersions(database.db, companyId, { limit: 2, after: first.next ?? '' })
    expect(second).toMatchObject({ items: [{ version: 1 }], next: null })
  })

  test('of a company that does not exist are an error', async () => {
    await expect(currentSettings(database.db, 'nobody')).rejects.toThrow('There is no company nobody.')
  })
})
