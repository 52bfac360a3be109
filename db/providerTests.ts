import type { ProviderTestOutcome, ProviderTestTarget } from '../domain/providerTest'
import type { Instant } from '../domain/words'
import { type Database, row, rows } from './sql'

/** A test of a provider that somebody asked for. */
export interface ProviderTest {
  id: string
  companyId: string
  target: ProviderTestTarget
  status: 'pending' | ProviderTestOutcome['status']
  /** Null while it is pending. */
  message: string | null
  requestedAt: Instant
  endedAt: Instant | null
  /** How long ago it was asked for, by the database's clock. */
  ageMs: number
}

/** Stores a test before anybody makes it, and forgets those of the company that are older than a day. */
export async function insertProviderTest(
  trx: Database,
  test: { id: string; companyId: string; target: ProviderTestTarget; address: string | null },
): Promise<void> {
  await rows(
    trx,
    `WITH forgotten AS (
       DELETE FROM provider_tests WHERE company_id = :companyId AND requested_at < now() - interval '1 day'
     )
     INSERT INTO provider_tests (id, company_id, target, address) VALUES (:id, :companyId, :target, :address)`,
    test,
  )
}

/** A company's test, or null. */
export async function getProviderTest(
  db: Database,
  { companyId, id }: { companyId: string; id: string },
): Promise<ProviderTest | null> {
  return row<ProviderTest>(
    db,
    `SELECT id, company_id AS "companyId", target, status, message, requested_at AS "requestedAt", ended_at AS "endedAt",
       CAST(extract(epoch FROM now() - requested_at) * 1000 AS bigint) AS "ageMs"
     FROM provider_tests WHERE company_id = :companyId AND id = :id`,
    { companyId, id },
  )
}

/** What is to be tested; null for a test that has ended or is no more. */
export async function pendingProviderTest(
  db: Database,
  id: string,
): Promise<{ companyId: string; companyName: string; target: ProviderTestTarget; address: string | null } | null> {
  return row(
    db,
    `SELECT t.company_id AS "companyId", c.name AS "companyName", t.target, t.address
     FROM provider_tests t JOIN companies c USING (company_id) WHERE t.id = :id AND t.status = 'pending'`,
    { id },
  )
}

/** Notes how a test ended, once, and forgets the address. */
export async function endProviderTest(
  db: Database,
  id: string,
  { status, message }: ProviderTestOutcome,
): Promise<void> {
  await rows(
    db,
    `UPDATE provider_tests SET status = :status, message = :message, ended_at = now(), address = NULL
     WHERE id = :id AND status = 'pending'`,
    { id, status, message },
  )
}
