import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { createChangeFeed } from '../../api/changes/changeFeed'
import { createApp } from '../../api/createApp'
import { readApiConfig } from '../../config/apiConfig'
import { encryptionKey } from '../setup/innerWorker'
import { minutes, routeOfToday, settingsWith, textAndEmail } from '../setup/scene'
import { startWorld, type World } from '../setup/startWorld'

const ann = 'ann@example.com'

let world: World
let server: Server
beforeAll(async () => {
  world = await startWorld()
  const config = readApiConfig({
    DATABASE_URL: world.url,
    ADMIN_API_KEY: 'k'.repeat(32),
    ENCRYPTION_KEY: encryptionKey.toString('base64'),
  })
  const app = createApp({
    ...{ db: world.db, config, clock: world.now, log: pino({ level: 'silent' }), temporal: { client: world.client } },
    forwarder: { forward: async () => {} },
    scheduleKeeper: { keep: async () => {} },
    changes: createChangeFeed({ databaseUrl: world.url, log: pino({ level: 'silent' }) }),
  })
  server = createServer(app).listen(0, '127.0.0.1')
  await once(server, 'listening')
})
afterAll(async () => {
  server.close()
  server.closeAllConnections()
  await world.stop()
})
beforeEach(() => world.clear())

/** Where a mail's header sends a mail program, on the API of this test. */
function linkIn(mail: { headers: Record<string, string> } | undefined): string {
  const [, token = ''] = /^<http:\/\/127\.0\.0\.1:9\/u\/([\w-]+)>$/.exec(mail?.headers['list-unsubscribe'] ?? '') ?? []
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/u/${token}`
}

test('who unsubscribes with the link of an email gets no other: the next is suppressed as opted out', async () => {
  const recipients = { C1: textAndEmail('+15125550101', ann), C2: textAndEmail('+15125550102', 'bob@example.com') }
  const scene = await routeOfToday(world, { recipients })
  const mail = world.smtp.mails.find(({ to }) => to.includes(ann))
  expect(mail?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click')
  const answer = await fetch(linkIn(mail), {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  })
  expect(answer.status).toBe(200)

  await scene.report('arrived', 's1')
  await scene.until(
    (all) => all.length === 8 && all.every(({ status }) => status !== 'planned' && status !== 'sending'),
  )
  const news = (await scene.notifications()).filter(({ event }) => event === 'arrived')
  const outcomeOf = (address: string) => {
    const found = news.find(({ recipient }) => recipient === address)
    return found?.reason ?? found?.status
  }
  expect(outcomeOf(ann)).toBe('opted_out')
  // Neither is the text of the same customer ended, nor the email of another.
  expect(outcomeOf('+15125550101')).toBe('accepted')
  expect(outcomeOf('bob@example.com')).toBe('sent')
  expect(world.smtp.mails.filter(({ to }) => to.includes(ann))).toHaveLength(1)
})

test('people of the company cannot unsubscribe from what they are told, and are offered nothing', async () => {
  const boss = 'boss@acme.example'
  const settings = settingsWith({ internalRecipients: [{ method: 'email', address: boss, events: ['confirmed'] }] })
  await routeOfToday(world, { settings, recipients: { C1: textAndEmail('+15125550101', ann) } })
  await world.passTo(world.now() + 1 * minutes)
  const offers = world.smtp.mails.map(({ to, headers }) => [to[0], 'list-unsubscribe' in headers])
  expect(Object.fromEntries(offers)).toEqual({ [ann]: true, [boss]: false })
})
