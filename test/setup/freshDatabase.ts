import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { connectDatabase } from '../../db/connect'

/** A migrated, empty database of its own for a test file; dropped at the end. */
export interface FreshDatabase extends AsyncDisposable {
  db: Knex
  url: string
}

/** Makes a copy of the run's migrated template (startParts.ts). */
export async function freshDatabase(): Promise<FreshDatabase> {
  const admin = testEnvironment('TEST_DATABASE_URL')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdmin(
    admin,
    `CREATE DATABASE ${name} TEMPLATE ${testEnvironment('TEST_TEMPLATE_DATABASE')} STRATEGY file_copy`,
  )
  const url = new URL(admin)
  url.pathname = `/${name}`
  const db = connectDatabase(url.href)
  return {
    db,
    url: url.href,
    async [Symbol.asyncDispose]() {
      await db.destroy()
      await asAdmin(admin, `DROP DATABASE ${name} WITH (FORCE)`)
    },
  }
}

/** A value that startParts left for the test files. */
export function testEnvironment(name: string): string {
  const value = process.env[name]
  if (value === undefined)
    throw new Error(`${name} is not set: run the tests with "npm test", which starts what they need.`)
  return value
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const admin = connectDatabase(url, { poolSize: 1 })
  try {
    await admin.raw(statement)
  } finally {
    await admin.destroy()
  }
}
