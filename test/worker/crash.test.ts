import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { ended, runMain } from '../../dev/productProcesses'
import { testEnvironment } from '../setup/freshDatabase'
import { minutes, routeOfToday, type Scene, textAndEmail } from '../setup/scene'
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
function startWorker(): ChildProcess {
  const worker = runMain('worker/main.ts', [testEnvironment('TEST_WORKFLOW_BUNDLE')], {
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
    LOG_LEVEL: 'fatal',
  })
  workers.push(worker)
  return worker
}

/** Kills with `signal` while the group of the tenth text is on its way, and waits until the first group is written. */
async function strike(worker: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  await world.twilio.waitForRequest(({ to }) => to === phones[9], 40_000)
  await world.smtp.waitFor(({ envelope }) => envelope.to.includes(mailboxes[9] ?? ''))
  worker.kill(signal)
}

/** How often each phone was texted, by Twilio's account of what it took. */
const textsTaken = () => phones.map((phone) => world.twilio.received.filter(({ to }) => to === phone).length)
const once20 = phones.map(() => 1)

/** Everybody is told, once: a mailbox shows mails with one Message-ID once. */
async function expectEverybodyToldOnce(scene: Scene): Promise<void> {
  const statuses = (await scene.notifications()).map(({ status }) => status)
  expect(new Set(statuses)).toEqual(new Set(['accepted', 'delivered', 'sent']))
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
  const frozen = startWorker()
  world.twilio.fault({ kind: 'slow', delayMs: 2_000, times: 10 })
  const routed = routeOfToday(world, { recipients })
  await strike(frozen, 'SIGSTOP')

  startWorker()
  const scene = await routed
  await world.passTo(world.now() + 31 * seconds)
  await expectEverybodyToldOnce(scene)
  frozen.kill('SIGCONT')
  // It writes down what it had been told, and begins nothing more.
  await ended(frozen)
  await world.passTo(world.now() + 1 * minutes)
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
