import type { Channel, Instant } from '../domain/words'
import { cursorParts, type Page, type PageRequest, pageOf, readCursor } from './page'
import { type Database, rows, theRow, where } from './sql'

export interface NewConsent {
  /** Null for a STOP or START of the recipient: it was said to the sender that all companies share, and binds them all. */
  companyId: string | null
  channel: Channel
  /** Normalised: E.164, or an email address as it is stored on contracts. */
  address: string
  action: 'granted' | 'revoked'
  source: string
  note?: string | null | undefined
  recordedBy?: string | null | undefined
}

export interface Consent {
  id: number
  companyId: string | null
  channel: Channel
  address: string
  action: 'granted' | 'revoked'
  source: string
  note: string | null
  recordedBy: string | null
  recordedAt: Instant
}

const columns = `id, company_id AS "companyId", channel, address, action, source, note, recorded_by AS "recordedBy",
  recorded_at AS "recordedAt"`

/** Appends what a recipient, or somebody for them, decided. Nothing is ever changed or removed but a note, by an erasure. */
export async function recordConsent(db: Database, consent: NewConsent): Promise<Consent> {
  return theRow<Consent>(
    db,
    `INSERT INTO consents (company_id, channel, address, action, source, note, recorded_by)
     VALUES (:companyId, :channel, :address, :action, :source, :note, :recordedBy) RETURNING ${columns}`,
    { ...consent, note: consent.note ?? null, recordedBy: consent.recordedBy ?? null },
  )
}

/** What binds the company, its own and every STOP and START, the latest first. */
export async function listConsents(
  db: Database,
  companyId: string,
  { address, limit, after }: PageRequest & { address?: string | undefined },
): Promise<Page<Consent>> {
  const key = readCursor<[number]>(after, cursorParts.integer)
  // Two short walks along the index instead of one OR over the whole table.
  const latest = (whose: string) => `
    (SELECT ${columns} FROM consents
     ${where(whose, address !== undefined && 'address = :address', key !== null && 'id < :before')}
     ORDER BY id DESC LIMIT :fetched)`
  const found = await rows<Consent>(
    db,
    `${latest('company_id = :companyId')} UNION ALL ${latest('company_id IS NULL')} ORDER BY id DESC LIMIT :fetched`,
    { companyId, address: address ?? null, before: key?.[0] ?? null, fetched: limit + 1 },
  )
  return pageOf(found, limit, ({ id }) => [id])
}

/** Everything that the recipient, or somebody for them, decided and that binds the company, in order. */
export async function consentsOf(
  db: Database,
  { companyId, channel, address }: { companyId: string; channel: Channel; address: string },
): Promise<Consent[]> {
  return rows<Consent>(
    db,
    `SELECT ${columns} FROM consents
     WHERE (company_id = :companyId OR company_id IS NULL) AND channel = :channel AND address = :address ORDER BY id`,
    { companyId, channel, address },
  )
}

/**
 * A query for those of some recipients (a query of `channel` and `address`) who must not be written to, each as `sms:+1…`
 * or `email:…`. The latest row decides, whoever made it, except that a STOP is lifted only by a START. `companyId` is SQL.
 */
export function optedOutAmong(recipients: string, companyId: string): string {
  const latest = (whose: string) => `
    SELECT c.id, c.action FROM consents c
    WHERE c.company_id ${whose} AND c.address = o.address AND c.channel = o.channel ORDER BY c.id DESC LIMIT 1`
  return `
    SELECT DISTINCT o.channel || ':' || o.address
    FROM (${recipients}) o
    LEFT JOIN LATERAL (${latest(`= ${companyId}`)}) own ON true
    LEFT JOIN LATERAL (${latest('IS NULL')}) said ON true
    WHERE said.action = 'revoked' OR (own.action = 'revoked' AND (said.id IS NULL OR own.id > said.id))`
}

/** Those of the recipients who must not be written to; see `optedOutAmong`. */
export async function optedOut(
  db: Database,
  companyId: string,
  recipients: readonly { channel: Channel; address: string }[],
): Promise<Set<string>> {
  const given = `SELECT * FROM unnest(CAST(:channels AS text[]), CAST(:addresses AS text[])) AS g (channel, address)`
  const found = await rows<{ recipient: string }>(
    db,
    `SELECT recipient FROM (${optedOutAmong(given, ':companyId')}) AS r (recipient)`,
    {
      companyId,
      channels: recipients.map(({ channel }) => channel),
      addresses: recipients.map(({ address }) => address),
    },
  )
  return new Set(found.map(({ recipient }) => recipient))
}
