import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { ended } from '../../dev/productProcesses'
import { testEnvironment } from '../setup/freshDatabase'
import { routeOfToday, textAndEmail } from '../setup/scene'
import { startWorld, twilioAccount, type World } from '../setup/startWorld'

const phone = '+15125550142'
const mailbox = 'ann.smith@example.com'

let world: World
beforeAll(async () => {
  world = await startWorld({ outerWorkers: true })
})
afterAll(() => world.stop())

/** A worker as production runs it, with everything that it says. */
function startWorker() {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'worker/main.ts', testEnvironment('TEST_WORKFLOW_BUNDLE')],
    {
      cwd: join(__dirname, '..', '..'),
      env: {
        PATH: process.env.PATH,
        DATABASE_URL: world.url,
        TEMPORAL_ADDRESS: world.temporal.address,
        TEMPORAL_NAMESPACE: world.temporal.namespace,
        ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
        PUBLIC_URL: 'http://127.0.0.1:9',
        TWILIO_ACCOUNT_SID: twilioAccount.accountSid,
        TWILIO_AUTH_TOKEN: twilioAccount.authToken,
        TWILIO_FROM: '+15005550006',
        TWILIO_API_URL: world.twilio.url,
        SMTP_URL: world.smtp.url,
        MAIL_FROM: 'Acme <dispatch@acme.example>',
        LOG_LEVEL: 'debug',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const said = { text: '' }
  child.stdout.on('data', (data) => (said.text += data))
  child.stderr.on('data', (data) => (said.text += data))
  return { child, said }
}

test('the worker’s log names failed activities by their place, and nobody by name, number, address or text', async () => {
  const { child, said } = startWorker()
  // The database refuses the notification, and quotes its row: recipient and all.
  await world.db.raw('ALTER TABLE notifications ADD CONSTRAINT planted_check CHECK (false) NOT VALID')
  // Twilio quotes the number that it refuses.
  world.twilio.fault({ kind: 'refuse', code: 21211, to: phone, times: 1 })
  const routed = routeOfToday(world, { recipients: { C1: textAndEmail(phone, mailbox) } })
  for (const end = Date.now() + 40_000; !said.text.includes('23514'); await delay(50))
    if (Date.now() > end) throw new Error(`No activity failed: ${said.text}`)
  await world.db.raw('ALTER TABLE notifications DROP CONSTRAINT planted_check')
  const scene = await routed
  await scene.until((all) => all.every(({ status }) => status === 'failed' || status === 'sent'))
  await ended(child)
  expect(said.text).toContain('planNotifications')
  expect((await scene.notifications()).map(({ status }) => status).sort()).toEqual(['failed', 'sent'])
  for (const value of [phone, '5550142', mailbox, 'Ann', 'Smith', twilioAccount.authToken, 'truck has', 'is set for'])
    expect({ value, logged: said.text.includes(value) }).toEqual({ value, logged: false })
})
