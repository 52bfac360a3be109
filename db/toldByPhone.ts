import type { Actor } from '../domain/audit'
import type { ToldByPhone } from '../domain/explaining/stopStory'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Event, Instant } from '../domain/words'
import { type Database, rows, timestamp } from './sql'

/** Adds that a person told the customer of a contract. */
export async function insertToldByPhone(
  db: Database,
  { companyId, routeId }: RouteRef,
  stopId: string,
  told: { contractNumber: string; event: Event; at: Instant; by: Actor },
): Promise<void> {
  await rows(
    db,
    `INSERT INTO told_by_phone (company_id, route_id, stop_id, contract_number, event, told_at, told_by, key_id)
     VALUES (:companyId, :routeId, :stopId, :contractNumber, :event, :at, :name, :keyId)`,
    {
      ...{ companyId, routeId, stopId, contractNumber: told.contractNumber, event: told.event },
      ...{ at: timestamp(told.at), name: told.by.name, keyId: told.by.keyId },
    },
  )
}

const told = `told_at AS at, told_by AS by, contract_number AS "contractNumber", event`

/** What people told the customers of a stop, in order. */
export function toldByPhoneOfStop(db: Database, ref: RouteRef, stopId: string): Promise<ToldByPhone[]> {
  return rows<ToldByPhone>(
    db,
    `SELECT ${told} FROM told_by_phone
     WHERE company_id = :companyId AND route_id = :routeId AND stop_id = :stopId ORDER BY id`,
    { ...ref, stopId },
  )
}

/** What people told the customers of some routes of a company, in order. */
export function toldByPhoneOfRoutes(
  db: Database,
  companyId: string,
  routeIds: readonly string[],
): Promise<(ToldByPhone & { routeId: string; stopId: string })[]> {
  return rows(
    db,
    `SELECT route_id AS "routeId", stop_id AS "stopId", ${told} FROM told_by_phone
     WHERE company_id = :companyId AND route_id = ANY(:routeIds) ORDER BY id`,
    { companyId, routeIds },
  )
}

/** A condition on a notification `n`: a person told every customer of it by phone what it would have said. */
export const everyCustomerToldByPhone = `n.contract_numbers <> '{}' AND n.contract_numbers <@ ARRAY(
  SELECT t.contract_number FROM told_by_phone t
  WHERE t.company_id = n.company_id AND t.route_id = n.route_id AND t.stop_id = n.stop_id AND t.event = n.event)`
