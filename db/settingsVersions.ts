import { defaultSettings, type Settings } from '../domain/settings'
import type { Instant } from '../domain/words'
import { cursorParts, type Page, type PageRequest, pageOf, readCursor } from './page'
import { overDefaults, type SettingsChange, settingsChanges } from './settingsDocument'
import { type Database, row, rows } from './sql'

export interface SettingsVersion {
  version: number
  changedBy: string
  changedAt: Instant
  changes: SettingsChange[]
}

export type SaveSettingsOutcome =
  /** `changed` is false when the document was already the current one: no version is made. */
  | { saved: true; version: number; changed: boolean }
  /** Somebody else saved since `expectedVersion` was read; `version` is the current one. */
  | { saved: false; version: number }

interface StoredVersion {
  version: number
  document: unknown
}

const currentVersion = `
  SELECT c.settings_version AS version, v.document
  FROM companies c
  LEFT JOIN settings_versions v ON v.company_id = c.company_id AND v.version = c.settings_version
  WHERE c.company_id = :companyId`

/** The document that applies now, as a scalar subquery; null of a company that never saved any. */
export const currentDocument = `
  SELECT v.document FROM companies c JOIN settings_versions v ON v.company_id = c.company_id AND v.version = c.settings_version
  WHERE c.company_id = :companyId`

/** What applies now; version 0 is the defaults of a company that never saved any. Throws for an unknown company. */
export async function currentSettings(
  db: Database,
  companyId: string,
): Promise<{ version: number; settings: Settings }> {
  const { version, document } = await required(row<StoredVersion>(db, currentVersion, { companyId }), companyId)
  return { version, settings: overDefaults(document) }
}

/**
 * Makes the document the next version, unless it is the current one already. Saves at once wait for each other on the
 * company's row, so with `expectedVersion` only the first of them succeeds. Throws for an unknown company.
 */
export async function saveSettings(
  trx: Database,
  companyId: string,
  settings: Settings,
  { changedBy, expectedVersion }: { changedBy: string; expectedVersion?: number | undefined },
): Promise<SaveSettingsOutcome> {
  // The lock comes first and alone: a statement that waits for it would still join the version that was current before.
  await rows(trx, 'SELECT 1 FROM companies WHERE company_id = :companyId FOR NO KEY UPDATE', { companyId })
  const current = await required(row<StoredVersion>(trx, currentVersion, { companyId }), companyId)
  if (expectedVersion !== undefined && expectedVersion !== current.version) {
    return { saved: false, version: current.version }
  }
  const changes = settingsChanges(overDefaults(current.document), settings)
  // The first save is a version even when it repeats the defaults: it holds them against those of a later release.
  if (changes.length === 0 && current.version > 0) return { saved: true, version: current.version, changed: false }
  const version = current.version + 1
  await rows(
    trx,
    `INSERT INTO settings_versions (company_id, version, document, changes, changed_by)
     VALUES (:companyId, :version, :document, :changes, :changedBy)`,
    { companyId, version, document: JSON.stringify(settings), changes: JSON.stringify(changes), changedBy },
  )
  await rows(trx, 'UPDATE companies SET settings_version = :version WHERE company_id = :companyId', {
    companyId,
    version,
  })
  return { saved: true, version, changed: true }
}

/** Who changed what and when, the latest first. */
export async function listSettingsVersions(
  db: Database,
  companyId: string,
  { limit, after }: PageRequest,
): Promise<Page<SettingsVersion>> {
  const key = readCursor<[number]>(after, cursorParts.integer)
  const found = await rows<SettingsVersion>(
    db,
    `SELECT version, changed_by AS "changedBy", changed_at AS "changedAt", changes
     FROM settings_versions WHERE company_id = :companyId ${key ? 'AND version < :before' : ''}
     ORDER BY version DESC LIMIT :fetched`,
    { companyId, before: key?.[0] ?? null, fetched: limit + 1 },
  )
  return pageOf(found, limit, ({ version }) => [version])
}

/** The document of one version, to be restored by saving it again; null when there is no such version. 0 is the defaults. */
export async function settingsOfVersion(db: Database, companyId: string, version: number): Promise<Settings | null> {
  if (version === 0) return structuredClone(defaultSettings)
  const stored = await row<{ document: unknown }>(
    db,
    'SELECT document FROM settings_versions WHERE company_id = :companyId AND version = :version',
    { companyId, version },
  )
  return stored && overDefaults(stored.document)
}

async function required<Row>(found: Promise<Row | null>, companyId: string): Promise<Row> {
  const stored = await found
  if (stored === null) throw new Error(`There is no company ${companyId}.`)
  return stored
}
