import type { Knex } from 'knex'

/** Contracts are listed by their numbers, and looked for by how these or their customers' names begin. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    -- Bytewise, so that what begins alike stands together; capitals and small letters are the same.
    CREATE INDEX contracts_list ON contracts (company_id, (lower(number) COLLATE "C"), number);
    CREATE INDEX contracts_by_customer ON contracts (company_id, (lower(customer_name) COLLATE "C"), number);
  `)
}

/** Migrations run forward only; a release is undone by restoring the backup that was made before it. */
export async function down(): Promise<void> {
  throw new Error('Migration 0021_contract_search cannot be undone: restore the database from its backup instead.')
}
