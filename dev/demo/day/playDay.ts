import { setTimeout as delay } from 'node:timers/promises'
import { workflowIdOf } from '../../../domain/routeWorkflow'
import { type CalendarDate, events } from '../../../domain/words'
import type { Caller } from '../../caller'
import type { System } from '../../startSystem'
import { acme } from '../companies'
import { at, type Deed, deedsOfTheDay, putRouteOfTheDay } from './deeds'
import {
  calledOff,
  customerNamed,
  customersOfTheDay,
  lateConfirmed,
  routesOfTheDay,
  troubled,
  trucksWithGps,
  unconfirmed,
} from './plan'

const company = acme.id

/**
 * Prepares the routes of `date`, has them confirmed on the day before, `eve`, and plays the morning until 11:10. Gives
 * what is still to come on the day, in order.
 */
export async function playMorning(
  system: System,
  caller: Caller,
  eve: CalendarDate,
  date: CalendarDate,
): Promise<Deed[]> {
  const { time } = system
  await time.passTo(at(eve, '14:00'))
  await setUp(caller, system)
  for (const route of routesOfTheDay) await putRouteOfTheDay(caller, date, route)
  for (const { routeId } of routesOfTheDay)
    if (![unconfirmed, lateConfirmed].includes(routeId)) await caller.confirm(company, routeId)
  await time.passTo(at(eve, '16:00'))
  await time.passTo(at(eve, '17:30'))
  await caller.cancel(company, calledOff)

  const day = deedsOfTheDay(caller, date)
  const now = at(date, '11:10')
  for (const deed of day.filter(({ at }) => at <= now)) await play(system, deed)
  await time.passTo(now)
  return day.filter(({ at }) => at > now)
}

/**
 * Plays on, a deed every `everyMs`, until `signal` aborts. Routes that somebody confirms in the console meanwhile, whose
 * workflows begin on the wall clock, are taken along.
 */
export async function playOn(system: System, rest: readonly Deed[], everyMs: number, signal: AbortSignal) {
  const left = [...rest]
  for (let next = Date.now() + everyMs; !signal.aborted; await delay(250)) {
    const live = await system
      .db('routes')
      .whereIn('status', ['confirmed', 'in_progress'])
      .select('company_id', 'route_id')
    for (const { company_id: companyId, route_id: routeId } of live)
      await system.time.takeAlong(workflowIdOf({ companyId, routeId }))
    if (Date.now() < next) continue
    const deed = left.shift()
    if (deed !== undefined) await play(system, deed)
    next = Date.now() + everyMs
  }
}

async function play({ time }: System, { at, act }: Deed): Promise<void> {
  await time.passTo(at)
  await act()
}

async function setUp({ put, call }: Caller, { twilio }: Pick<System, 'twilio'>): Promise<void> {
  for (const { routeId, truckId } of routesOfTheDay) {
    const device = trucksWithGps.includes(truckId) ? { vendor: 'generic', deviceId: `gps-${routeId}` } : null
    await put(company, `/trucks/${truckId}`, { name: truckId.replace('T', 'Truck '), device })
  }
  // Whoever is hard to reach by text has no email that would tell them all the same.
  const hard: string[] = [troubled.noSuchNumber, troubled.phoneSwitchedOff, troubled.saidStop]
  for (const { name, contract, sms, email } of customersOfTheDay) {
    const text = { method: 'sms', address: sms, events }
    const mail = { method: 'email', address: email, events: ['confirmed', 'updated', 'cancelled'] }
    const rows = hard.includes(name) ? [text] : name === troubled.onlyEmail ? [mail] : [text, mail]
    await put(company, `/contracts/${contract}`, {
      customer: { name },
      deliveryNotifications: name === troubled.withoutAddress ? [] : rows,
    })
  }
  twilio.fault({ kind: 'refuse', code: 21614, to: customerNamed(troubled.noSuchNumber).sms })
  twilio.fault({ kind: 'undelivered', to: customerNamed(troubled.phoneSwitchedOff).sms })
  await call('POST', `/companies/${company}/consents`, {
    ...{ address: customerNamed(troubled.saidStop).sms, channel: 'sms', action: 'revoked' },
    ...{ source: 'phone call', note: 'wants no texts' },
  })
}
