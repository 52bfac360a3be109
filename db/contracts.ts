import type { RouteRef } from '../domain/routeWorkflow'
import type { DeliveryNotification, Instant } from '../domain/words'
import { cursorParts, type Page, type PageRequest, pageOf, readCursor } from './page'
import { type Database, pastAll, row, rows, theRow, where } from './sql'

export interface ContractDocument {
  number: string
  customer: { name: string }
  /** What `contract.fields.NAME` in a template is filled from. */
  fields: Record<string, string>
  /** In the order given; the only source of recipients. */
  deliveryNotifications: DeliveryNotification[]
}

export interface Contract extends ContractDocument {
  updatedAt: Instant
}

/**
 * Creates the contract or replaces it, its delivery notifications included. Puts of one contract wait for each other on
 * its row.
 */
export async function putContract(
  trx: Database,
  companyId: string,
  { number, customer, fields, deliveryNotifications }: ContractDocument,
): Promise<{ created: boolean }> {
  const { created } = await theRow<{ created: boolean }>(
    trx,
    `INSERT INTO contracts (company_id, number, customer_name, fields)
     VALUES (:companyId, :number, :customerName, :fields)
     ON CONFLICT (company_id, number) DO UPDATE SET customer_name = excluded.customer_name,
       fields = excluded.fields, updated_at = now()
     RETURNING xmax = 0 AS created`,
    { companyId, number, customerName: customer.name, fields: JSON.stringify(fields) },
  )
  await rows(trx, 'DELETE FROM delivery_notifications WHERE company_id = :companyId AND contract_number = :number', {
    companyId,
    number,
  })
  await rows(
    trx,
    `INSERT INTO delivery_notifications
       (company_id, contract_number, position, method, address, events, only_if_text_fails)
     SELECT :companyId, :number, d.position, d.method, d.address, d.events, d."onlyIfTextFails"
     FROM jsonb_to_recordset(CAST(:list AS jsonb))
       AS d (position integer, method text, address text, events text[], "onlyIfTextFails" boolean)`,
    {
      companyId,
      number,
      list: JSON.stringify(deliveryNotifications.map((entry, position) => ({ ...entry, position }))),
    },
  )
  return { created }
}

const columns = `c.number, json_build_object('name', c.customer_name) AS customer, c.fields, c.updated_at AS "updatedAt",
  (SELECT coalesce(json_agg(json_build_object('method', d.method, 'address', d.address, 'events', d.events,
     'onlyIfTextFails', d.only_if_text_fails) ORDER BY d.position), '[]')
   FROM delivery_notifications d
   WHERE d.company_id = c.company_id AND d.contract_number = c.number) AS "deliveryNotifications"`

/** The contract with its delivery notifications in order, or null. */
export async function getContract(db: Database, companyId: string, number: string): Promise<Contract | null> {
  return row<Contract>(
    db,
    `SELECT ${columns} FROM contracts c WHERE c.company_id = :companyId AND c.number = :number`,
    { companyId, number },
  )
}

/** What contracts are looked for by; capitals and small letters are the same. */
export interface ContractSearch {
  start: string
  /** The customer's name has to be the whole of `start`, not only to begin with it. */
  wholeName: boolean
}

// As the indexes have them: bytewise, so that what begins alike stands together.
const numberKey = 'lower(c.number) COLLATE "C"'
const nameKey = 'lower(c.customer_name) COLLATE "C"'
const beginsSo = (key: string) =>
  `${key} >= lower(CAST(:start AS text)) COLLATE "C" AND ${key} < lower(CAST(:past AS text)) COLLATE "C"`

/**
 * Contracts in the order of their numbers; of a search those whose number begins so, and after them those whose customer's
 * name does.
 */
export async function listContracts(
  db: Database,
  companyId: string,
  { search, limit, after }: PageRequest & { search?: ContractSearch | undefined },
): Promise<Page<Contract>> {
  const cursor = readCursor<[number, string, string]>(after, cursorParts.integer, cursorParts.text, cursorParts.text)
  // Each is a short walk along its index; an OR would read and sort all that fits.
  const part = (place: number, key: string, ...fits: string[]) => `
    (SELECT ${place} AS place, ${key} AS key, c.customer_name AS name, ${columns} FROM contracts c
     ${where(
       'c.company_id = :companyId',
       ...fits,
       cursor?.[0] === place && `(${key}, c.number) > (lower(CAST(:afterKey AS text)) COLLATE "C", :afterNumber)`,
     )}
     ORDER BY ${key}, c.number LIMIT :fetched)`
  const byNumber = part(0, numberKey, beginsSo(numberKey))
  const named = search?.wholeName ? `${nameKey} = lower(CAST(:start AS text)) COLLATE "C"` : beginsSo(nameKey)
  const byName = part(1, nameKey, named, `NOT (${beginsSo(numberKey)})`)
  const parts = [...(cursor?.[0] === 1 ? [] : [byNumber]), ...(search === undefined ? [] : [byName])]
  const start = search?.start ?? ''
  const found = await rows<Contract & { place: number; key: string; name: string }>(
    db,
    `SELECT * FROM (${parts.join(' UNION ALL ')}) AS found ORDER BY place, key, number LIMIT :fetched`,
    {
      companyId,
      start,
      past: pastAll(start),
      afterKey: cursor?.[1] ?? null,
      afterNumber: cursor?.[2] ?? null,
      fetched: limit + 1,
    },
  )
  const { items, next } = pageOf(found, limit, ({ place, number, name }) => [
    place,
    place === 0 ? number : name,
    number,
  ])
  return { items: items.map(({ place, key, name, ...contract }) => contract), next }
}

/** The contract as it is, of which no put changes anything until the transaction ends; or null. */
export async function lockContract(trx: Database, companyId: string, number: string): Promise<Contract | null> {
  // Alone: a statement that waits for the lock would still see the delivery notifications of before.
  const lock = 'SELECT 1 FROM contracts WHERE company_id = :companyId AND number = :number FOR NO KEY UPDATE'
  return (await row(trx, lock, { companyId, number })) === null ? null : getContract(trx, companyId, number)
}

/** Names of the fields that the contracts of the 500 highest numbers carry, at most 50 of them. */
export async function contractFieldNames(db: Database, companyId: string): Promise<string[]> {
  const found = await rows<{ name: string }>(
    db,
    `SELECT DISTINCT name FROM (
       SELECT fields FROM contracts WHERE company_id = :companyId ORDER BY number DESC LIMIT 500
     ) latest, jsonb_object_keys(latest.fields) AS name ORDER BY name LIMIT 50`,
    { companyId },
  )
  return found.map(({ name }) => name)
}

/** Those of the numbers that the company has no contract for, each once, in the order given. */
export async function missingContracts(db: Database, companyId: string, numbers: readonly string[]): Promise<string[]> {
  const found = await rows<{ number: string }>(
    db,
    'SELECT number FROM contracts WHERE company_id = :companyId AND number = ANY(:numbers)',
    { companyId, numbers },
  )
  const known = new Set(found.map(({ number }) => number))
  return [...new Set(numbers)].filter((number) => !known.has(number))
}

/**
 * The confirmed and running routes with a stop for the contract: those that a change of its recipients concerns, in the
 * order in which everybody locks several routes.
 */
export async function liveRoutesOfContract(db: Database, companyId: string, number: string): Promise<RouteRef[]> {
  return rows<RouteRef>(
    db,
    `SELECT DISTINCT r.company_id AS "companyId", r.route_id AS "routeId"
     FROM stop_contracts sc
     JOIN routes r ON r.company_id = sc.company_id AND r.route_id = sc.route_id
     WHERE sc.company_id = :companyId AND sc.contract_number = :number AND r.status IN ('confirmed', 'in_progress')
     ORDER BY "routeId"`,
    { companyId, number },
  )
}
