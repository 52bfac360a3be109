import { type BreakableLine, breakableLine } from '../setup/breakableLine'
import { testEnvironment } from '../setup/freshDatabase'
import { allHistories, personalDataInTemporal } from '../setup/personalData'
import { hours, minutes, next, routeOfToday, setScene, textAndEmail, textOnly } from '../setup/scene'
import { startWorld, type World } from '../setup/startWorld'

const ann = '+15125550101'
const bob = '+15125550102'

let line: BreakableLine
let world: World
beforeAll(async () => {
  const { hostname, port } = new URL(testEnvironment('TEST_DATABASE_URL'))
  line = await breakableLine(hostname, Number(port))
  world = await startWorld({
    databaseUrl: (real) => {
      const url = new URL(real)
      url.hostname = '127.0.0.1'
      url.port = String(line.port)
      return url.href
    },
  })
})
afterAll(async () => {
  line.mend()
  await world.stop()
  await line.stop()
})
beforeEach(() => world.clear())

async function confirmedRoute() {
  const scene = await setScene(world, { recipients: { C1: textAndEmail(ann, 'ann@example.com') } })
  await world.passTo(next(world.now(), 3, '09:00'))
  await scene.plan([{ stopId: 's1', at: world.now() + 4 * hours }])
  await scene.confirm()
  return scene
}

test('the database goes away while Twilio answers: the answer is kept until it is back, and nobody is told twice', async () => {
  const scene = await confirmedRoute()
  world.twilio.fault({ kind: 'slow', delayMs: 200, to: ann })
  const passing = world.passTo(world.now() + 5 * minutes)
  await world.twilio.waitForRequest(({ to }) => to === ann)
  const missed = line.missed()
  line.cut()
  await missed
  line.mend()
  await passing
  await scene.until((all) => all.every(({ sentAt }) => sentAt !== null))
  expect((await scene.notifications()).map(({ attempts }) => attempts.length)).toEqual([1, 1])
  expect(world.twilio.requests).toHaveLength(1)
  expect(world.smtp.mails).toMatchObject([{ deliveries: 1 }])
})

test('the database is away when the messages are due: they go when it is back', async () => {
  const scene = await confirmedRoute()
  line.cut()
  const missed = line.missed()
  const passing = world.passTo(world.now() + 6 * minutes)
  await missed
  line.mend()
  await passing
  await scene.until((all) => all.length === 2 && all.every(({ sentAt }) => sentAt !== null))
  expect(world.twilio.requests).toHaveLength(1)
  expect(world.smtp.mails).toMatchObject([{ deliveries: 1 }])
})

test("an error of the database names its kind and place in Temporal, and none of the row's words", async () => {
  await world.db.raw(`
    CREATE SEQUENCE refusals;
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('refusals') <= 2 THEN RAISE EXCEPTION 'cannot write %', NEW USING DETAIL = NEW.text; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER refuse BEFORE UPDATE ON notifications FOR EACH ROW WHEN (NEW.status = 'sending')
      EXECUTE FUNCTION refuse()`)
  const scene = await routeOfToday(world, { recipients: { C1: textAndEmail(ann, 'ann@example.com') } })
  await scene.until((all) => all.every(({ sentAt }) => sentAt !== null))
  const histories = await allHistories(world)
  expect(histories).toMatch(/P0001 at /)
  expect(histories).not.toContain('cannot write')
  const { searched, found } = await personalDataInTemporal(world)
  expect(searched).toBeGreaterThan(5)
  expect(found).toEqual([])
})

test('a look-up that fails in the middle is not repeated for the texts that it had looked up', async () => {
  await world.db.raw(`
    CREATE SEQUENCE miscounts;
    CREATE FUNCTION miscount() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('miscounts') <= 3 THEN RAISE EXCEPTION 'not now'; END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER miscount BEFORE UPDATE ON notifications FOR EACH ROW
      WHEN (NEW.look_ups > 0 AND NEW.address = '${bob}') EXECUTE FUNCTION miscount()`)
  for (const to of [ann, bob]) world.twilio.fault({ kind: 'server_error', to, times: 1 })
  const scene = await routeOfToday(world, { recipients: { C1: textOnly(ann), C2: textOnly(bob) } })
  await world.passTo(world.now() + 31_000)
  const counted = await world.db('notifications').where({ company_id: scene.companyId })
  expect(counted.map(({ look_ups }) => look_ups)).toEqual([1, 1])
})
