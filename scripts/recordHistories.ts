import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { historyToJSON } from '@temporalio/common/lib/proto-utils'
import { startHandOffReceiver } from '../test/setup/handOffReceiver'
import { hours, minutes, next, textAndEmail } from '../test/setup/scene'
import startParts from '../test/setup/startParts'
import { startWorld, type World } from '../test/setup/startWorld'
import stopParts from '../test/setup/stopParts'
import { setTruckScene, type TruckScene } from '../test/setup/truckScene'

/**
 * `npx tsx scripts/recordHistories.ts [name…]`: plays routes on the real parts and keeps their histories in test/histories, where
 * the replay test finds them. Routes that sleep in production have such histories: record again only together with a
 * release that no longer has to carry on the routes of the one before.
 */
const stories: Record<string, (world: World, scene: TruckScene) => Promise<void>> = {
  'today-arrival-departure': async (world, scene) => {
    await world.passTo(next(world.now(), 3, '09:00'))
    await scene.plan([{ stopId: 's1', at: world.now() + 4 * hours }])
    await scene.confirm()
    await world.passTo(world.now() + 6 * minutes)
    await scene.report('arrived', 's1')
    await world.passTo(world.now() + 20 * minutes)
    await scene.report('departed', 's1')
  },
  'a-week-with-trouble': async (world, scene) => {
    await world.passTo(next(world.now(), 1, '10:00'))
    const at = world.now() + 4 * 24 * hours
    await scene.plan([{ stopId: 's1', at }])
    await scene.confirm()
    world.twilio.fault({ kind: 'drop_after_accept', times: 1 })
    world.smtp.fault({ kind: 'refuse_data', code: 451, times: 1 })
    await world.passTo(next(world.now(), 2, '08:00'))
    await scene.change([
      { stopId: 's1', at: at + 3 * hours },
      { stopId: 's2', at: at + 4 * hours },
    ])
    // Nobody reports it: it closes by itself.
    await world.passTo(at + 24 * hours)
  },
  'cancelled-after-it-was-told': async (world, scene) => {
    await world.passTo(next(world.now(), 2, '15:00'))
    await scene.plan([{ stopId: 's1', at: world.now() + 22 * hours }])
    await scene.confirm()
    await world.passTo(world.now() + 2 * hours)
    await scene.cancel()
  },
  'handed-over-and-withdrawn': async (world, scene) => {
    const secret = Buffer.alloc(24, 7).toString('base64')
    const receiver = await startHandOffReceiver(secret)
    await scene.connect('generic', { handOffUrl: receiver.url, webhookSecret: secret })
    await scene.link('T1', { vendor: 'generic', deviceId: 'd1' })
    receiver.answer(503)
    await world.passTo(next(world.now(), 3, '09:00'))
    const at = world.now() + 4 * hours
    await scene.plan([{ stopId: 's1', at }])
    await scene.confirm()
    await world.passTo(world.now() + 6 * minutes)
    receiver.answer(200)
    await world.passTo(world.now() + 5 * minutes)
    await scene.change([{ stopId: 's1', at: at + 2 * hours }])
    await world.passTo(world.now() + 1 * minutes)
    await scene.cancel()
    await world.result(scene.ref)
    await receiver.stop()
  },
}

async function record(): Promise<void> {
  await startParts()
  const world = await startWorld()
  const names = process.argv.slice(2)
  for (const [name, play] of Object.entries(stories)) {
    if (names.length > 0 && !names.includes(name)) continue
    const scene = await setTruckScene(world, { recipients: { C1: textAndEmail('+15125550101', 'ann@example.com') } })
    await play(world, scene)
    await world.result(scene.ref)
    const json: unknown = JSON.parse(String(historyToJSON(await world.handle(scene.ref).fetchHistory())))
    writeFileSync(join(__dirname, '..', 'test', 'histories', `${name}.json`), `${JSON.stringify(json, null, 1)}\n`)
    await world.clear()
  }
  await world.stop()
  await stopParts()
}

record().catch((error) => {
  console.error(error)
  process.exit(1)
})
