import { setTimeout as delay } from 'node:timers/promises'
import type { StoryKind } from '../plan'
import type { Teller } from './teller'

/** So long the product collects edits. */
const editsSettleMs = 20_000

/** A minute (company.ts), less what the clocks of two processes may differ by. */
const delayOfItsCompanyMs = 55_000

/** Plays what happens to a route, and notes whom that has to be told. */
export function tell(kind: StoryKind, teller: Teller): Promise<void> {
  return stories[kind](teller)
}

const stories: Record<StoryKind, (teller: Teller) => Promise<void>> = {
  /** Confirmed, and visited by a driver who says so. */
  async life(teller) {
    await confirmed(teller)
    await visited(teller)
  },

  /** The truck's device says so, now and then in the wrong order. */
  async geofence(teller) {
    const { route, stage } = teller
    const device = `gps-${route.routeId}`
    await confirmed(teller, device)
    for (const stop of route.stops) {
      const arrivedAt = new Date()
      const departedAt = new Date(Date.now() + 1)
      teller.overtake('confirmed', 'the truck came first', [stop])
      const isReordered = route.dice.happens(0.3)
      teller.callFor('arrived', [stop])
      if (isReordered) {
        const isLast = stop === route.stops.at(-1)
        teller.overtake('arrived', isLast ? 'the departure ended the route first' : 'the departure came first', [stop])
        teller.callFor('departed', [stop])
        await teller.locate('departed', stop, device, departedAt)
        await teller.locate('arrived', stop, device, arrivedAt)
      } else {
        await teller.locate('arrived', stop, device, arrivedAt)
        await teller.told('arrived', [stop])
        teller.overtake('arrived', 'the truck left first', [stop])
        teller.callFor('departed', [stop])
        await teller.locate('departed', stop, device, new Date())
      }
      await delay(stage.patienceMs / 20)
    }
  },

  /** Moved out of its window, and a little more while edits are collected: one message for both. */
  async moved(teller) {
    await confirmed(teller)
    teller.callFor('updated')
    teller.overtake('confirmed', 'it was moved first', undefined, 'updated')
    await teller.putStops(240)
    await teller.putStops(250)
    await teller.told('updated', undefined, editsSettleMs)
    await visited(teller)
  },

  async cancelled(teller) {
    await confirmed(teller)
    teller.callFor('cancelled')
    teller.overtake('confirmed', 'it was cancelled first', undefined, 'cancelled')
    await teller.say('cancel')
  },

  /** Un-confirmed after it was told, which is silent, and confirmed again: whoever was told hears nothing new. */
  async confirmedAgain(teller) {
    await confirmed(teller)
    await teller.say('unconfirm')
    await teller.say('confirm')
    await teller.told('confirmed')
    await visited(teller)
  },

  /** Taken back within the delay of its company: nobody hears of it. */
  async takenBack(teller) {
    await teller.plan()
    const began = Date.now()
    await teller.say('confirm')
    teller.callOff('confirmed', 'never', 'it was taken back within the delay')
    await delay(teller.stage.patienceMs / 10)
    await teller.say('unconfirm')
    // A caller who could not get through for so long has to live with it.
    if (Date.now() - began > delayOfItsCompanyMs) teller.callOff('confirmed', 'may', 'it was taken back too late')
  },
}

async function confirmed(teller: Teller, device?: string): Promise<void> {
  await teller.plan(device)
  await teller.stopBy('before')
  teller.callFor('confirmed')
  await teller.say('confirm')
  await teller.told('confirmed')
  await teller.stopBy('after')
}

async function visited(teller: Teller): Promise<void> {
  for (const stop of teller.route.stops) {
    teller.overtake('confirmed', 'the truck came first', [stop])
    teller.overtakeMove(stop)
    teller.callFor('arrived', [stop])
    await teller.report('arrived', stop)
    await teller.told('arrived', [stop])
    teller.overtake('arrived', 'the truck left first', [stop])
    teller.callFor('departed', [stop])
    await teller.report('departed', stop)
  }
}
