import type { DeviceVendor, Instant } from '../domain/words'
import { type Database, row, rows, theRow } from './sql'

/** A company's account with a vendor. Secrets arrive and leave encrypted. */
export interface Integration {
  vendor: DeviceVendor
  webhookSecret: Buffer | null
  apiToken: Buffer | null
  apiUrl: string | null
  handOffUrl: string | null
  updatedAt: Instant
}

export interface IntegrationDocument {
  vendor: DeviceVendor
  /** Absent keeps the stored secret, since nobody can read it to send it back; null removes it. */
  webhookSecret?: Buffer | null | undefined
  /** As `webhookSecret`. */
  apiToken?: Buffer | null | undefined
  apiUrl: string | null
  handOffUrl: string | null
}

const columns = `vendor, webhook_secret AS "webhookSecret", api_token AS "apiToken", api_url AS "apiUrl",
  hand_off_url AS "handOffUrl", updated_at AS "updatedAt"`

/** Creates or replaces the company's integration with the vendor. */
export async function putIntegration(
  db: Database,
  companyId: string,
  document: IntegrationDocument,
): Promise<{ integration: Integration; created: boolean }> {
  const { vendor, webhookSecret, apiToken, apiUrl, handOffUrl } = document
  const { created, ...integration } = await theRow<Integration & { created: boolean }>(
    db,
    `INSERT INTO integrations AS i (company_id, vendor, webhook_secret, api_token, api_url, hand_off_url)
     VALUES (:companyId, :vendor, :webhookSecret, :apiToken, :apiUrl, :handOffUrl)
     ON CONFLICT (company_id, vendor) DO UPDATE SET
       webhook_secret = CASE WHEN :keepWebhookSecret THEN i.webhook_secret ELSE excluded.webhook_secret END,
       api_token = CASE WHEN :keepApiToken THEN i.api_token ELSE excluded.api_token END,
       api_url = excluded.api_url, hand_off_url = excluded.hand_off_url, updated_at = now()
     RETURNING ${columns}, xmax = 0 AS created`,
    {
      companyId,
      vendor,
      webhookSecret: webhookSecret ?? null,
      apiToken: apiToken ?? null,
      apiUrl,
      handOffUrl,
      keepWebhookSecret: webhookSecret === undefined,
      keepApiToken: apiToken === undefined,
    },
  )
  return { integration, created }
}

/** The company's integration with the vendor, or null. */
export async function getIntegration(
  db: Database,
  companyId: string,
  vendor: DeviceVendor,
): Promise<Integration | null> {
  return row<Integration>(
    db,
    `SELECT ${columns} FROM integrations WHERE company_id = :companyId AND vendor = :vendor`,
    { companyId, vendor },
  )
}

/** The company's integrations, in no order. */
export async function listIntegrations(db: Database, companyId: string): Promise<Integration[]> {
  return rows<Integration>(db, `SELECT ${columns} FROM integrations WHERE company_id = :companyId`, { companyId })
}

/** The integration, locked until the transaction ends; or null. */
export async function lockIntegration(
  trx: Database,
  companyId: string,
  vendor: DeviceVendor,
): Promise<Integration | null> {
  return row<Integration>(
    trx,
    `SELECT ${columns} FROM integrations WHERE company_id = :companyId AND vendor = :vendor FOR NO KEY UPDATE`,
    { companyId, vendor },
  )
}

/** Forgets the integration and its secrets; false when there was none. */
export async function deleteIntegration(db: Database, companyId: string, vendor: DeviceVendor): Promise<boolean> {
  const gone = await rows(
    db,
    'DELETE FROM integrations WHERE company_id = :companyId AND vendor = :vendor RETURNING vendor',
    { companyId, vendor },
  )
  return gone.length > 0
}

/** The sealed secrets of one integration. */
export interface SealedAccount {
  companyId: string
  vendor: DeviceVendor
  webhookSecret: Buffer | null
  apiToken: Buffer | null
}

/** Every integration that has a secret. */
export async function listSealed(db: Database): Promise<SealedAccount[]> {
  return rows<SealedAccount>(
    db,
    `SELECT company_id AS "companyId", vendor, webhook_secret AS "webhookSecret", api_token AS "apiToken"
     FROM integrations WHERE webhook_secret IS NOT NULL OR api_token IS NOT NULL ORDER BY company_id, vendor`,
  )
}

/** Puts other sealed secrets in the place of those; false when they are not there any more. */
export async function replaceSealed(db: Database, those: SealedAccount, next: SealedAccount): Promise<boolean> {
  const replaced = await rows(
    db,
    `UPDATE integrations SET webhook_secret = :webhookSecret, api_token = :apiToken
     WHERE company_id = :companyId AND vendor = :vendor
       AND webhook_secret IS NOT DISTINCT FROM :oldWebhookSecret AND api_token IS NOT DISTINCT FROM :oldApiToken
     RETURNING vendor`,
    { ...next, oldWebhookSecret: those.webhookSecret, oldApiToken: those.apiToken },
  )
  return replaced.length > 0
}
