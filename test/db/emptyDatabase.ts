import { randomUUID } from 'node:crypto'
import type { Knex } from 'knex'
import { connectDatabase } from '../../db/connect'
import { testEnvironment } from '../setup/freshDatabase'

/** Runs the test against a database that no migration has seen. */
export async function withEmptyDatabase(test: (connect: () => Knex) => Promise<void>): Promise<void> {
  const url = new URL(testEnvironment('TEST_DATABASE_URL'))
  const admin = connectDatabase(url.href, { poolSize: 1 })
  const name = `empty_${randomUUID().replaceAll('-', '')}`
  await admin.raw(`CREATE DATABASE ${name}`)
  url.pathname = `/${name}`
  const opened: Knex[] = []
  try {
    await test(() => {
      const db = connectDatabase(url.href)
      opened.push(db)
      return db
    })
  } finally {
    await Promise.all(opened.map((db) => db.destroy()))
    await admin.raw(`DROP DATABASE ${name} WITH (FORCE)`)
    await admin.destroy()
  }
}
