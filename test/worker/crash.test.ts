import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { ended, runMain } from '../../dev/productProcesses'
import { breakableLine } from '../setup/breakableLine'
import { testEnvironment } from '../setup/freshDatabase'
import { minutes, routeOfToday, type Scene, textAndEmail, textOnly } from '../setup/scene'
import { startWorld, twilioAccount, type World } from '../setup/startWorld'

const seconds = 1_000
const phones = Array.from({ length: 20 }, (_, n) => `+15125550${500 + n}`)
const mailboxes = phones.map((_, n) => `c${n}@example.com`)
const recipients = Object.fromEntries(phones.map((phone, n) => [`C${n}`, textAndEmail(phone, mailboxes[n] ?? '')]))

let world: World
let workers: ChildProcess[] = []
beforeAll(async () => {
  world = await startWorld({ outerWorkers: true })
})
afterAll(() => world.stop())
beforeEach(() => world.clear())
afterEach(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  workers = []
})

/** A worker as production runs it: a process of its own. */
function startWorker(temporal = world.temporal.address): ChildProcess {
  const worker = runMain('worker/main.ts', [testEnvironment('TEST_WORKFLOW_BUNDLE')], {
    DATABASE_URL: world.url,
    TEMPORAL_ADDRESS: temporal,
    TEMPORAL_NAMESPACE: world.temporal.namespace,
    ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
    PUBLIC_URL: 'http://127.0.0.1:9',
    TWILIO_ACCOUNT_SID: twilioAccount.accountSid,
    TWILIO_AUTH_TOKEN: twilioAccount.authToken,
    TWILIO_FROM: '+15005550006',
    TWILIO_API_URL: world.twilio.url,
    SMTP_URL: world.smtp.url,
    MAIL_FROM: 'Acme <dispatch@acme.example>',
    LOG_LEVEL: 'fatal',
  })
  workers.push(worker)
  return worker
}

/** Strikes the worker while the second group is on its way: its emails are written down, its texts not yet answered. */
async function strike(worker: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const group = mailboxes.slice(5, 10)
  await world.twilio.waitForRequest(({ to }) => to === phones[9], 40_000)
  await world.smtp.waitFor(({ envelope }) => envelope.to.includes(mailboxes[9] ?? ''))
  // A process that stands still in a transaction holds its locks for a minute.
  const unwritten = () => world.db('notifications').whereIn('address', group).whereNot({ status: 'sent' })
  while ((await unwritten()).length > 0) await delay(10)
  worker.kill(signal)
}

/** How often each phone was texted, by Twilio's account of what it took. */
const textsTaken = () => phones.map((phone) => world.twilio.received.filter(({ to }) => to === phone).length)
const once20 = phones.map(() => 1)

/** Everybody is told, once: a mailbox shows mails with one Message-ID once. */
async function expectEverybodyToldOnce(scene: Scene): Promise<void> {
  const statuses = (await scene.notifications()).map(({ status }) => status)
  expect(statuses.filter((status) => !['accepted', 'delivered', 'sent'].includes(status))).toEqual([])
  expect(statuses).toHaveLength(40)
  expect(textsTaken()).toEqual(once20)
  expect(world.smtp.mails.flatMap(({ envelope }) => envelope.to).sort()).toEqual([...mailboxes].sort())
}

test('a worker is killed in the middle of 40 sends: the next one tells everybody, and nobody twice', async () => {
  const killed = startWorker()
  // Of this text the request is cut off before Twilio has taken it.
  world.twilio.fault({ kind: 'hang', to: phones[7], times: 1 })
  world.twilio.fault({ kind: 'slow', delayMs: 700, times: 100 })
  const routed = routeOfToday(world, { recipients })
  await strike(killed, 'SIGKILL')
  await once(killed, 'exit')
  expect(textsTaken()).not.toEqual(once20)

  startWorker()
  const scene = await routed
  const unknown = (await scene.notifications()).filter(({ status }) => status === 'sending')
  expect(unknown.map(({ recipient }) => recipient)).toContain(phones[7])
  await world.passTo(world.now() + 31 * seconds)
  expect((await scene.notifications()).filter(({ status }) => status === 'sending')).toHaveLength(1)
  expect(textsTaken()[7]).toBe(0)
  // Twilio still knows nothing of it at the last look-up: it never left.
  await world.passTo(world.now() + 11 * minutes)
  await expectEverybodyToldOnce(scene)
})

test('a worker freezes in the middle, is given up and wakes again: nobody is told twice', async () => {
  const [host = '', port] = world.temporal.address.split(':')
  const line = await breakableLine(host, Number(port))
  const frozen = startWorker(`127.0.0.1:${line.port}`)
  world.twilio.fault({ kind: 'slow', delayMs: 2_000, times: 10 })
  const routed = routeOfToday(world, { recipients })
  await strike(frozen, 'SIGSTOP')
  // Else Temporal would go on handing tasks to a process that waits for them and does not move.
  line.cut()

  startWorker()
  const scene = await routed
  await world.passTo(world.now() + 31 * seconds)
  await expectEverybodyToldOnce(scene)
  line.mend()
  frozen.kill('SIGCONT')
  // It writes down what it had been told, and begins nothing more.
  await ended(frozen)
  await line.stop()
  await world.passTo(world.now() + 11 * minutes)
  await expectEverybodyToldOnce(scene)
})

test('a worker that is asked to stop ends well, with every call answered and written down', async () => {
  const worker = startWorker()
  world.twilio.fault({ kind: 'slow', delayMs: 700, times: 100 })
  const routed = routeOfToday(world, { recipients })
  await strike(worker, 'SIGTERM')
  const [code] = await once(worker, 'exit')
  expect(code).toBe(0)
  expect(world.twilio.requests.length).toBeGreaterThanOrEqual(10)

  startWorker()
  const scene = await routed
  await expectEverybodyToldOnce(scene)
  // Nothing was left to be looked up.
  expect((await scene.notifications()).flatMap(({ attempts }) => attempts).map(({ outcome }) => outcome)).toEqual(
    Array(40).fill('accepted'),
  )
})

test('a worker that is asked to stop during calls that last longer than its grace writes down what became of each', async () => {
  const worker = startWorker()
  const [slow = '', silent = ''] = phones
  // Twilio takes both texts. One answer comes after the grace of 8 s; of the other none comes, and the call is given up.
  world.twilio.fault({ kind: 'slow', delayMs: 9_000, to: slow, times: 1 })
  world.twilio.fault({ kind: 'hang', accepted: true, to: silent, times: 1 })
  const ofTwo = { C0: textOnly(slow), C1: textOnly(silent) }
  let companyId = ''
  const routed = routeOfToday(world, {
    recipients: ofTwo,
    onMade: (made) => {
      companyId = made.companyId
    },
  })
  await world.twilio.waitForRequest(({ to }) => to === slow, 40_000)
  await world.twilio.waitForRequest(({ to }) => to === silent, 40_000)
  worker.kill('SIGTERM')
  const [code] = await once(worker, 'exit')
  expect(code).toBe(0)
  const attempts = world.db('attempts').join('notifications', 'notifications.id', 'notification_id')
  expect(await attempts.where({ company_id: companyId }).orderBy('address').select('address', 'outcome')).toEqual([
    { address: slow, outcome: 'accepted' },
    { address: silent, outcome: 'unknown' },
  ])

  startWorker()
  const scene = await routed
  await world.passTo(world.now() + 31 * seconds)
  // The second was found by looking it up.
  expect((await scene.notifications()).map(({ status }) => status)).toEqual(['accepted', 'delivered'])
  await world.passTo(world.now() + 11 * minutes)
  expect(textsTaken().slice(0, 2)).toEqual([1, 1])
})
