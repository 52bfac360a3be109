import { text as readAll } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { readDatabaseUrl } from '../config/apiConfig'
import { readOrExit } from '../config/configurationError'
import { connectDatabase } from '../db/connect'
import { newToken } from './auth/keys'
import { saveOperator } from './operators/saveOperator'

const usage = `Usage: npm run operator -- --email joe@example.com --name "Joe Smith" --role admin|dispatch|viewer [--company ID]
The password is read from standard input; from a terminal, or without input, one is made and printed once.
An operator who exists gets the name, role, company and password given, and is signed out everywhere.\n`

/** `npm run operator`: adds the first operator, or lets one in again who has lost the way. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      email: { type: 'string' },
      name: { type: 'string' },
      role: { type: 'string' },
      company: { type: 'string' },
    },
  })
  const given = process.stdin.isTTY ? '' : (await readAll(process.stdin)).replace(/\r?\n$/, '')
  const password = given === '' ? newToken() : given
  const db = connectDatabase(
    readOrExit(() => readDatabaseUrl(process.env)),
    { poolSize: 1 },
  )
  try {
    const { email, created } = await saveOperator(db, { ...values, companyId: values.company, password })
    process.stdout.write(`${email} ${created ? 'may sign in now' : 'has been changed, and signed out everywhere'}.\n`)
    if (given === '') process.stdout.write(`Password: ${password}\n`)
  } finally {
    await db.destroy()
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`)
  process.exit(1)
})
