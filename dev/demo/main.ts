import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { saveOperator } from '../../api/operators/saveOperator'
import type { NotificationView } from '../../db/notifications'
import { buildConsole } from '../../scripts/consoleBundle'
import { type Caller, createCaller } from '../caller'
import { clock, Narrator } from '../narrator'
import { startSystem } from '../startSystem'
import { acme, setUpCompanies, zones } from './companies'
import { playMorning, playOn } from './day/playDay'
import { complaintsAbout } from './judge'
import { outcomeLine } from './outcomeLine'
import { storyOf } from './story'
import { type Week, weekAfter } from './week'

const dispatcher = {
  email: 'dana@demo.example',
  name: 'Dana Dispatcher',
  role: 'admin',
  password: randomBytes(9).toString('base64url'),
}

/** `npm run demo`: plays a week of two companies in seconds, on the real parts. `--once` ends after it. */
async function demo(): Promise<number> {
  const print = (line: string) => console.log(line)
  const once = process.argv.includes('--once')
  const consoleFolder = mkdtempSync(join(tmpdir(), 'dispatch-notifications-console-'))
  const building = buildConsole(consoleFolder).then(() => consoleFolder)
  const system = await startSystem(print, process.env, { consoleFolder: building })
  try {
    await saveOperator(system.db, dispatcher)
    printLinks(system, print)
    const week = weekAfter(system.time.now())
    const caller = createCaller(system)
    const complaints = await playWeek(system, caller, week, print)
    if (!once) await stayUp(system, caller, week, print)
    return complaints.length === 0 ? 0 : 1
  } finally {
    await system.stop()
    rmSync(consoleFolder, { recursive: true })
  }
}

type System = Awaited<ReturnType<typeof startSystem>>

function printLinks(
  { url, adminKey, temporalUi, namespace, twilio, smtp }: System,
  print: (line: string) => void,
): void {
  print(`
  Console                     ${url}          (${dispatcher.email}, password: ${dispatcher.password})
  API and its documentation   ${url}/docs     (key: ${adminKey})
  Temporal                    ${temporalUi ? `${temporalUi}/namespaces/${namespace}/workflows` : 'your own server'}
  Texts that were sent        ${twilio.url}
  Emails that were sent       ${smtp.pageUrl}`)
}

/** Plays the week and prints it; gives what was sent and should not have been, or was not and should. */
async function playWeek(system: System, caller: Caller, week: Week, print: (line: string) => void): Promise<string[]> {
  const narrator = new Narrator(system, zones, print)
  await system.time.passTo(week.at('Tue', '08:00', acme.zone))
  await setUpCompanies(caller)
  for (const scene of storyOf(caller, system, week)) {
    await system.time.passTo(scene.at)
    await narrator.newMessages()
    narrator.scene(scene.at, scene.text, scene.zone)
    await scene.act()
  }
  await system.time.passTo(week.at('next Tue', '12:00', acme.zone))
  await narrator.newMessages()
  return summarise(system, await narrator.notifications(), print)
}

/** Plays the morning of a busy day for whoever looks at the console, and then on, slowly, until the demo is ended. */
async function stayUp(system: System, caller: Caller, week: Week, print: (line: string) => void): Promise<void> {
  const ended = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => ended.abort())
  print(
    '\nAnd now a busy morning, for the console: eight routes, of which one is late, one called off, one not confirmed …',
  )
  const rest = await playMorning(system, caller, week.date('next Tue'), week.date('next Wed'))
  print(`
It is ${clock(system.time.now(), acme.zone)} at Acme Rentals, and a truck comes or goes every few seconds: ${system.url}
Sign in as ${dispatcher.email} with the password ${dispatcher.password}; find out why Mia Castillo was not told.
The system stays up; Ctrl-C ends it.`)
  await playOn(system, rest, 8_000, ended.signal)
}

function summarise(system: System, notifications: NotificationView[], print: (line: string) => void): string[] {
  const sent = notifications.filter(({ sentAt }) => sentAt !== null)
  const rest = notifications.filter(({ sentAt }) => sentAt === null)
  print(
    `\n${sent.length} sent: ${sent.filter(({ channel }) => channel === 'sms').length} texts, ${sent.filter(({ channel }) => channel === 'email').length} emails`,
  )
  for (const notification of rest) print(`  ${outcomeLine(notification)} (${notification.reasonText ?? 'no reason'})`)
  const complaints = complaintsAbout(notifications, system)
  print(
    complaints.length === 0
      ? '\nExactly what should have been sent was sent.'
      : `\nNot as it should be:\n${complaints.map((line) => `  ${line}`).join('\n')}`,
  )
  return complaints
}

demo().then(
  (code) => process.exit(code),
  (error) => {
    console.error(error instanceof Error ? error.message : error)
    process.exit(1)
  },
)
