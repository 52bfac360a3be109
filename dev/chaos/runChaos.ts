import { randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import { type ChaosSystem, startChaosSystem } from './chaosSystem'
import { companyId, patientCompanyId, settingsOf, todayIn, zoneOfNoon } from './company'
import { Dice } from './dice'
import { type Disturbance, disturb, planDisturbances } from './disturbances'
import { companyOf, withoutEffect } from './effects'
import { judge } from './judge'
import { Ledger } from './ledger'
import type { ChaosOptions } from './options'
import { type PlannedRoute, planRoutes } from './plan'
import { plantError } from './plantError'
import { Received } from './received'
import { dueBy, findRemains, hasNextLookUp, shownNotifications } from './remains'
import type { Report } from './report'
import { tell } from './stories/tell'
import { type Stage, Teller } from './stories/teller'

/** So many messages are told in a second on two slow processors, with everything that goes wrong. */
const messagesASecond = 12
const leastActiveMs = 9_000
/** On a busy machine callers wait for one another, instead of asking more and more. */
const routesAtOnce = 24
/** What a large run has and a small one does not wait for: callbacks that never come, look-ups that fail. */
const largeRun = 500

/**
 * Lets a day of routes go through a storm, waits until everything has settled, and judges what the customers got.
 *
 * @param bundlePath the workflows, if they have been bundled already
 * @throws Error when the product does not even start
 */
export async function runChaos(
  options: ChaosOptions,
  log: (line: string) => void,
  bundlePath?: string,
): Promise<Report> {
  const began = Date.now()
  const dice = new Dice(String(options.seed))
  const activeMs = Math.max(leastActiveMs, (options.notifications / messagesASecond) * 1000)
  const isLarge = options.notifications >= largeRun
  const door = {
    disturbed: options.disturbed,
    losing: isLarge,
    lateMs: (isLarge ? [1_000, 12_000] : [500, 4_000]) as [number, number],
  }
  const system = await startChaosSystem(dice, door, log, bundlePath)
  try {
    const stage = await setStage(system, isLarge ? 8_000 : 4_000)
    for (const plant of options.plant) await plantError(system.db, plant)
    const routes = planRoutes(options, activeMs)
    const storm = options.disturbed ? planDisturbances(dice.of('storm'), activeMs) : []
    log(`${routes.length} routes; the storm lasts ${Math.round(activeMs / 1000)} s`)
    const [refused] = await Promise.all([playAll(stage, routes, log), disturb(storm, system, log)])
    await system.door.settled()
    log('The storm is over; waiting until everything has settled')
    const remains = await settle(system, stage, options)
    const missing = await withoutEffect(stage.client, routes)
    const verdict = judge(stage.ledger.all, stage.received, await shownNotifications(system.db))
    return reportOf(options, system, stage, storm, {
      verdict,
      problems: [...refused, ...remains, ...missing],
      began,
      routes: routes.length,
    })
  } finally {
    await system.stop()
  }
}

async function setStage(system: ChaosSystem, patienceMs: number): Promise<Stage> {
  await system.ready()
  const { client, twilio, smtp } = system
  const zone = zoneOfNoon(Date.now())
  const vendorSecret = randomBytes(24).toString('base64')
  for (const [id, minutes] of [
    [companyId, 0],
    [patientCompanyId, 1],
  ] as const) {
    await client.call('PUT', `/companies/${id}`, { name: 'Chaos' })
    await client.call('PUT', `/companies/${id}/settings`, settingsOf(zone, minutes))
  }
  await client.call('PUT', `/companies/${companyId}/integrations/generic`, { webhookSecret: vendorSecret })
  return {
    client,
    twilio,
    smtp,
    received: new Received(twilio, smtp),
    ledger: new Ledger(),
    publicUrl: system.door.url,
    twilioAuthToken: system.twilioAuthToken,
    vendorSecret,
    patienceMs,
    today: todayIn(zone),
    figures: { providerFaults: 0 },
  }
}

/** Plays every route; gives the requests that were refused. */
async function playAll(stage: Stage, routes: PlannedRoute[], log: (line: string) => void): Promise<string[]> {
  for (const { stops } of routes) {
    for (const { address, refused } of stops.flatMap(({ recipients }) => recipients)) {
      if (refused) stage.twilio.fault({ kind: 'refuse', code: 21211, to: address })
    }
  }
  const refused: string[] = []
  const began = Date.now()
  const waiting = [...routes].sort((one, other) => one.startsAtMs - other.startsAtMs)
  await Promise.all(
    Array.from({ length: routesAtOnce }, async () => {
      for (let route = waiting.shift(); route !== undefined; route = waiting.shift()) await play(route)
    }),
  )
  return refused

  async function play(route: PlannedRoute): Promise<void> {
    await delay(Math.max(0, began + route.startsAtMs - Date.now()))
    try {
      await tell(route.kind, new Teller(stage, route, companyOf(route)))
    } catch (error) {
      const why = `${route.routeId} (${route.kind}): ${error instanceof Error ? error.message : error}`
      log(why)
      refused.push(why)
    }
  }
}

/**
 * Waits until nothing is left to be done, or nothing has changed for so long that nothing will; gives what is left after
 * that.
 */
async function settle(
  { db, temporal }: ChaosSystem,
  stage: Stage,
  { patient, disturbed }: ChaosOptions,
): Promise<string[]> {
  const stillMs = !disturbed ? 15_000 : patient ? 660_000 : 120_000
  let before = ''
  for (let until = 0; ; await delay(500)) {
    const shown = await shownNotifications(db)
    const remains = await findRemains(db, temporal, shown)
    const { lost } = judge(stage.ledger.all, stage.received, shown)
    const isDone = remains.length === 0 && lost.length === 0 && !(patient && shown.some(hasNextLookUp))
    const now = JSON.stringify([shown, remains, lost])
    if (now !== before) until = Math.max(Date.now(), dueBy(shown)) + stillMs
    if (isDone || Date.now() > until) return remains
    before = now
  }
}

function reportOf(
  options: ChaosOptions,
  { apis, workers, figures, twilio, smtp, door }: ChaosSystem,
  stage: Stage,
  storm: Disturbance[],
  rest: Pick<Report, 'verdict' | 'problems' | 'routes'> & { began: number },
): Report {
  const { verdict, problems, routes, began } = rest
  const kills = (kind: Disturbance['kind']) => storm.filter((each) => each.kind === kind).length
  return {
    options,
    routes,
    verdict,
    problems,
    repeatedFor: stage.client.traffic.repeatedFor,
    longest: stage.client.traffic.longest,
    figures: {
      'worker kills': kills('worker_killed'),
      'API kills': kills('api_killed'),
      'PostgreSQL kills': figures.postgresKills,
      'Temporal restarts': figures.temporalRestarts,
      'starts in vain': [...apis, ...workers].reduce((sum, { failures }) => sum + failures, 0),
      'provider faults set': stage.figures.providerFaults,
      'provider faults met':
        twilio.requests.filter(({ outcome }) => !/^(accepted|\d+)$/.test(outcome)).length +
        smtp.requests.filter(({ outcome }) => outcome !== 'accepted').length,
      'requests accepted': stage.client.traffic.accepted,
      'requests repeated': stage.client.traffic.retried,
      'answers 500': stage.client.traffic.answered500,
      callbacks: door.figures.callbacks,
      'callbacks late': door.figures.late,
      'callbacks repeated': door.figures.twice,
      'callbacks lost': door.figures.never,
      'provider calls': twilio.requests.length + smtp.requests.length,
      'look-ups': twilio.reads,
      'mails folded': smtp.mails.reduce((sum, { deliveries }) => sum + deliveries - 1, 0),
      seconds: Math.round((Date.now() - began) / 1000),
    },
  }
}
