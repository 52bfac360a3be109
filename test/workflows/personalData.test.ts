import { randomBytes } from 'node:crypto'
import { recordConsent } from '../../db/consents'
import { putContract } from '../../db/contracts'
import { lastTaskRun } from '../../db/taskRuns'
import { scheduleIdOf } from '../../domain/dispatchTask'
import { keepSchedule, triggerSchedule } from '../../integrations/temporal/taskSchedule'
import { type HandOffReceiverStandIn, startHandOffReceiver } from '../setup/handOffReceiver'
import { everythingInTemporal, personalDataInTemporal } from '../setup/personalData'
import { hours, minutes, next, settingsWith, textAndEmail } from '../setup/scene'
import { startWorld, type World } from '../setup/startWorld'
import { setTruckScene } from '../setup/truckScene'

const ann = '+15125557341'
const zeb = '+15125557342'
const annsMail = 'ann.quartermain@mailbox.example'
const gate = 'Gate code 4471, ask for Wilhelmina'

let world: World
let receiver: HandOffReceiverStandIn
beforeAll(async () => {
  world = await startWorld()
  receiver = await startHandOffReceiver(`whsec_${randomBytes(24).toString('base64')}`)
})
afterAll(async () => {
  await world.stop()
  await receiver.stop()
})

/** The first writes of `when` fail, with the row's own words in the error, as PostgreSQL's errors have them. */
async function breakWrites(name: string, table: string, on: string, words: string, when = 'true'): Promise<void> {
  await world.db.raw(`
    CREATE SEQUENCE ${name}_times;
    CREATE FUNCTION ${name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF nextval('${name}_times') <= 2 THEN
        RAISE EXCEPTION 'cannot write % for ${ann}', ${words} USING DETAIL = ${words}, HINT = 'Ask Ann Quartermain';
      END IF;
      RETURN NEW;
    END $$;
    CREATE TRIGGER ${name} BEFORE ${on} ON ${table} FOR EACH ROW WHEN (${when}) EXECUTE FUNCTION ${name}()`)
}

test('Temporal holds no name, number, address or text of a route with every kind of event and of trouble', async () => {
  const settings = settingsWith({
    internalRecipients: [{ method: 'email', address: 'boss@acme.example', events: ['confirmed', 'arrived'] }],
  })
  settings.events.confirmed.sms = '{{ eta.range }} {{ contract.fields.gate }} {{ customer.name }}'
  const scene = await setTruckScene(world, { settings, device: { vendor: 'generic', deviceId: 'd1' } })
  const { companyId } = scene
  for (const [number, name, phone] of [
    ['C1', 'Ann Quartermain', ann],
    ['C2', 'Zebulon Quartermain', zeb],
  ] as const)
    await putContract(world.db, companyId, {
      ...{ number, customer: { name }, fields: { gate } },
      deliveryNotifications: textAndEmail(phone, number === 'C1' ? annsMail : 'zeb@mailbox.example'),
    })
  await scene.connect('generic', {
    handOffUrl: `${receiver.url}/routes`,
    webhookSecret: `whsec_${randomBytes(24).toString('base64')}`,
  })
  receiver.answer(500)
  world.twilio.fault({ kind: 'refuse', code: 21211, to: zeb, times: 1 })
  world.twilio.fault({ kind: 'drop_after_accept', to: ann, times: 1 })
  world.smtp.fault({ kind: 'refuse_recipient', code: 450, to: annsMail, times: 1 })
  world.smtp.fault({ kind: 'refuse_data', code: 554, to: 'zeb@mailbox.example', times: 1 })
  await breakWrites('claims', 'notifications', 'UPDATE', 'NEW.text', `NEW.status = 'sending'`)
  await breakWrites('plans', 'notifications', 'INSERT', 'NEW.address')
  await breakWrites('hand_overs', 'hand_offs', 'INSERT', 'NEW.device_id')
  await breakWrites('runs', 'task_runs', 'INSERT', 'NEW.company_id')
  jest.spyOn(world.sms, 'send').mockRejectedValueOnce(new TypeError(`cannot send "${gate}" to ${ann}`))

  await world.passTo(next(world.now(), 3, '09:00'))
  const at = world.now() + 4 * hours
  await scene.plan([
    { stopId: 's1', at },
    { stopId: 's2', at: at + 1 * hours },
  ])
  await world.db('stop_contracts').where({ company_id: companyId, stop_id: 's2' }).update({ contract_number: 'C2' })
  await scene.confirm()
  await world.passTo(world.now() + 40 * minutes)
  receiver.answer(200)
  await scene.plan([
    { stopId: 's1', at: at + 3 * hours },
    { stopId: 's2', at: at + 1 * hours },
  ])
  await world.tell(scene.ref, 'planChanged')
  await world.passTo(world.now() + 11 * minutes)
  await recordConsent(world.db, {
    ...{ companyId, channel: 'email', address: annsMail, action: 'revoked', source: 'phone call' },
    note: 'Ann called Wilhelmina about it',
  })
  await scene.report('arrived', 's1')
  await scene.until((all) => all.some(({ event, reason }) => event === 'arrived' && reason === 'opted_out'))
  await scene.report('departed', 's1')
  await scene.until((all) => all.some(({ event, status }) => event === 'departed' && status === 'accepted'))
  await scene.cancel()
  await world.passTo(world.now() + 1 * minutes)

  const task = { description: 'Ann Quartermain asked for it', active: false, intervalMinutes: 5, priority: 3 }
  await keepSchedule(world.client, world.taskQueue, companyId, task)
  await triggerSchedule(world.client, companyId)
  while ((await lastTaskRun(world.db, companyId)) === null) await new Promise((resolve) => setTimeout(resolve, 50))

  const kept = await everythingInTemporal(world)
  for (const whatIsThere of ['P0001 at ', 'TypeError', '| s1 | departed', `Dispatch task of company ${companyId}`])
    expect([whatIsThere, kept.includes(whatIsThere)]).toEqual([whatIsThere, true])
  const names = [
    'Quartermain',
    'Wilhelmina',
    'Zebulon',
    'Gate code',
    'mailbox.example',
    'acme.example',
    'Main St',
    'cannot',
  ]
  const { searched, found } = await personalDataInTemporal(world, [...names, task.description])
  expect(searched).toBeGreaterThan(40)
  expect(found).toEqual([])
  await world.client.schedule.getHandle(scheduleIdOf(companyId)).delete()
}, 60_000)
