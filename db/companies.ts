import type { Instant } from '../domain/words'
import { cursorParts, type Page, type PageRequest, pageOf, readCursor } from './page'
import { type Database, row, rows, theRow, where } from './sql'

export interface CompanyDocument {
  companyId: string
  name: string
  phone: string | null
  website: string | null
  /** ISO 3166 alpha-2: a phone number without `+` is read in it. */
  country: string
}

export interface Company extends CompanyDocument {
  createdAt: Instant
  updatedAt: Instant
}

const columns = `company_id AS "companyId", name, phone, website, country, created_at AS "createdAt", updated_at AS "updatedAt"`

/** Creates the company, with an active task of every 5 minutes (db/dispatchTasks.ts), or replaces its fields. */
export async function putCompany(
  db: Database,
  company: CompanyDocument,
): Promise<{ company: Company; created: boolean }> {
  const { created, ...stored } = await theRow<Company & { created: boolean }>(
    db,
    // xmax is 0 on a row that this statement inserted.
    `WITH put AS (
       INSERT INTO companies (company_id, name, phone, website, country)
       VALUES (:companyId, :name, :phone, :website, :country)
       ON CONFLICT (company_id) DO UPDATE SET name = excluded.name, phone = excluded.phone,
         website = excluded.website, country = excluded.country, updated_at = now()
       RETURNING *, xmax = 0 AS created
     ), task AS (
       INSERT INTO dispatch_tasks (company_id) SELECT company_id FROM put WHERE created
     )
     SELECT ${columns}, created FROM put`,
    { ...company },
  )
  return { company: stored, created }
}

/** Companies by their ids: the one, or all with `companyId: null`. */
export async function listCompanies(
  db: Database,
  { companyId, limit, after }: PageRequest & { companyId: string | null },
): Promise<Page<Company>> {
  const key = readCursor<[string]>(after, cursorParts.text)
  const conditions = where(
    'true',
    companyId !== null && 'company_id = :companyId',
    key !== null && 'company_id > :afterId',
  )
  const found = await rows<Company>(
    db,
    `SELECT ${columns} FROM companies ${conditions} ORDER BY company_id LIMIT :fetched`,
    { companyId, afterId: key?.[0] ?? null, fetched: limit + 1 },
  )
  return pageOf(found, limit, (company) => [company.companyId])
}

/** The company, or null. */
export async function getCompany(db: Database, companyId: string): Promise<Company | null> {
  return row<Company>(db, `SELECT ${columns} FROM companies WHERE company_id = :companyId`, { companyId })
}

/** The company, locked until the transaction ends; or null. */
export async function lockCompany(trx: Database, companyId: string): Promise<Company | null> {
  return row<Company>(trx, `SELECT ${columns} FROM companies WHERE company_id = :companyId FOR NO KEY UPDATE`, {
    companyId,
  })
}
