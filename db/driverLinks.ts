import type { RouteRef } from '../domain/routeWorkflow'
import type { Instant } from '../domain/words'
import { type Database, row, rows, timestamp } from './sql'

/** A link by which a driver's phone sees one route and reports about it. */
export interface DriverLink extends RouteRef {
  id: string
  expiresAt: Instant
}

/** Keeps a new link, as the hash of its token. */
export async function insertDriverLink(
  db: Database,
  { expiresAt, ...link }: DriverLink & { tokenHash: Buffer; createdBy: string },
): Promise<void> {
  await rows(
    db,
    `INSERT INTO driver_links (id, token_hash, company_id, route_id, created_by, expires_at)
     VALUES (:id, :tokenHash, :companyId, :routeId, :createdBy, :expiresAt)`,
    { ...link, expiresAt: timestamp(expiresAt) },
  )
}

/** The link with that hash, or null when there is none, its time has passed or it has been revoked. */
export async function findDriverLink(db: Database, tokenHash: Buffer, now: Instant): Promise<DriverLink | null> {
  return row<DriverLink>(
    db,
    `SELECT id, company_id AS "companyId", route_id AS "routeId", expires_at AS "expiresAt" FROM driver_links
     WHERE token_hash = :tokenHash AND expires_at > :now AND revoked_at IS NULL`,
    { tokenHash, now: timestamp(now) },
  )
}

/** Revokes every link of the route for good; false when none was valid. */
export async function revokeDriverLinks(db: Database, ref: RouteRef): Promise<boolean> {
  const revoked = await rows(
    db,
    `UPDATE driver_links SET revoked_at = now()
     WHERE company_id = :companyId AND route_id = :routeId AND revoked_at IS NULL RETURNING id`,
    { ...ref },
  )
  return revoked.length > 0
}
