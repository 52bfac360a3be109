import type { Knex } from 'knex'
import type { Instant } from '../domain/words'

/** A pool or a transaction: every repository takes either. Made by `connectDatabase`, whose type parsers rows rely on. */
export type Database = Knex

type Bindings = Record<string, unknown>

/**
 * Runs one statement with named bindings (`:name`) and gives its rows. Casts of a binding are written `CAST(:name AS
 * type)`: knex takes `:name:` for an identifier.
 */
export async function rows<Row>(db: Database, sql: string, bindings: Bindings = {}): Promise<Row[]> {
  const statement = db.raw<{ rows: Row[] }>(sql, bindings as Record<string, Knex.Value>)
  const result = await statement.options({ name: preparedName(sql) })
  return result.rows
}

const preparedNames = new Map<string, string>()

/**
 * The name under which a connection keeps the statement prepared: parsing and planning the larger ones costs the server
 * more than running them. The statements of the product are a few hundred at most.
 */
function preparedName(sql: string): string {
  const known = preparedNames.get(sql)
  if (known !== undefined) return known
  const name = `s${preparedNames.size + 1}`
  preparedNames.set(sql, name)
  return name
}

/** The only row of a statement, or null. */
export async function row<Row>(db: Database, sql: string, bindings: Bindings = {}): Promise<Row | null> {
  const [first] = await rows<Row>(db, sql, bindings)
  return first ?? null
}

/** The only row of a statement that always has one, such as an INSERT … RETURNING. */
export async function theRow<Row>(db: Database, sql: string, bindings: Bindings = {}): Promise<Row> {
  const first = await row<Row>(db, sql, bindings)
  if (first === null) throw new Error(`The database returned no row for: ${sql.trim().slice(0, 120)}`)
  return first
}

/** An instant as a binding for a `timestamptz`. */
export function timestamp(instant: Instant): Date
export function timestamp(instant: Instant | null | undefined): Date | null
export function timestamp(instant: Instant | null | undefined): Date | null {
  return instant === null || instant === undefined ? null : new Date(instant)
}

/** A `timestamptz` column inside of JSON, which has no instants: as milliseconds, as everywhere. */
export function ms(column: string): string {
  return `CAST(extract(epoch FROM ${column}) * 1000 AS bigint)`
}

/** Before it stand, bytewise, all texts that begin so: no character comes after the last one of Unicode. */
export function pastAll(start: string): string {
  return `${start}\u{10ffff}`
}

/** `WHERE` of the conditions that apply; a filter that was not asked for is left out, so that its index is not ruled out. */
export function where(...conditions: (string | false)[]): string {
  return `WHERE ${conditions.filter((condition) => condition !== false).join(' AND ')}`
}
