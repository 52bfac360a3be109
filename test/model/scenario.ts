import type { Settings } from '../../domain/settings'
import type { DeliveryNotification } from '../../domain/words'
import { addDays, dateAt, day, instantOf, minute } from './clock'
import type { Deed, Group, PlanStop, Scenario } from './history'
import { Random } from './random'
import { addressBook, anyRefusals, anyRows, anySettings, changedSettings } from './randomCompany'

export interface Size {
  stops: number
  contracts: number
  /** How many things happen. */
  deeds: number
  /** At how many moments. */
  groups: number
}

export const fullSize: Size = { stops: 40, contracts: 120, deeds: 300, groups: 15 }

/** What is the case as the things of a scenario are thought up, one after the other. */
interface Draft {
  random: Random
  seed: number
  serviceDate: string
  settings: Settings
  contracts: Map<string, DeliveryNotification[]>
  stops: PlanStop[]
  gone: PlanStop[]
  added: number
}

const numberOf = (index: number) => `C${index + 1}`

/** A route of `serviceDate` up to four days after `from`, a date, and whatever happens to it. */
export function anyScenario(seed: number, from: string, size: Size = fullSize): Scenario {
  const random = new Random(seed)
  const settings = anySettings(random, from)
  const serviceDate = addDays(from, random.of([0, 0, 1, 1, 1, 2, 4]))
  const contracts = new Map(
    Array.from({ length: size.contracts }, (_, index) => [numberOf(index), anyRows(random, seed, index)]),
  )
  const refused = anyRefusals(random, seed, contracts)
  const draft: Draft = {
    random,
    seed,
    serviceDate,
    settings,
    contracts: new Map(contracts),
    stops: [],
    gone: [],
    added: 0,
  }
  for (let index = 0; index < size.stops; index++) draft.stops.push(anyStop(draft, size, index))
  const { stops } = draft
  draft.stops = [...stops]
  const moments = anyMoments(draft, from, size.groups)
  const share = Math.ceil(size.deeds / size.groups)
  let left = size.deeds
  const departure = instantOf(settings.timeZone, serviceDate, random.of(['06:30', '09:00', '11:00']))
  const groups = moments.map((at, index): Group => {
    const count =
      index === moments.length - 1
        ? left
        : Math.min(left, random.between(Math.ceil(share / 2), share + Math.floor(share / 2)))
    left -= count
    const phase = at >= departure && index > 0 ? 'under way' : 'before'
    return { at, deeds: anyDeeds(draft, at, count, phase, index === moments.length - 1) }
  })
  return { seed, serviceDate, settings, contracts, stops, groups, refused, end: (moments.at(-1) ?? 0) + 4 * day }
}

/** Whole minutes and five seconds: no rule's moment, all of which are whole minutes, is near. */
function anyMoments({ random, serviceDate, settings }: Draft, from: string, count: number): number[] {
  const { timeZone, confirmation } = settings
  const at = (date: string, wall: string) => instantOf(timeZone, date, wall) + 5_000
  const ofToday = serviceDate === from
  const first = at(from, ofToday ? '05:00' : '04:00') + random.between(0, ofToday ? 420 : 1_150) * minute
  const service = at(serviceDate, '05:00')
  const moments = [first]
  const delay = confirmation.sameDayDelayMinutes
  const clashes = (moment: number) =>
    moments.some(
      (other) =>
        Math.abs(moment - other) < 4 * minute || Math.abs(Math.abs(moment - other) - delay * minute) < 2 * minute,
    )
  while (moments.length < count) {
    const early = !ofToday && moments.length < count / 3
    const [start, end] = early ? [first, service] : [Math.max(first, service), service + 18 * 60 * minute]
    const moment = start + random.between(1, Math.max(2, Math.floor((end - start) / minute))) * minute
    if (!clashes(moment)) moments.push(moment)
  }
  return moments.sort((a, b) => a - b)
}

function anyStop({ random, settings, serviceDate }: Draft, size: Size, index: number): PlanStop {
  const each = size.contracts / size.stops
  const own = Array.from({ length: Math.ceil(each) }, (_, count) => Math.floor(index * each) + count)
  const shared = random.chance(0.08) ? [random.between(0, size.contracts - 1)] : []
  const numbers = [...own.filter((number) => number < size.contracts), ...shared].map(numberOf)
  return {
    stopId: `s${index + 1}`,
    kind: random.of(['delivery', 'pickup']),
    scheduledAt: instantOf(settings.timeZone, serviceDate, '06:00') + random.between(0, 168) * 5 * minute,
    timeZone: random.chance(0.15) ? random.of(['America/Denver', 'America/New_York', 'Europe/London']) : null,
    contracts: [...new Set(numbers.length > 0 ? numbers : [numberOf(0)])],
  }
}

function anyDeeds(draft: Draft, at: number, count: number, phase: 'before' | 'under way', last: boolean): Deed[] {
  const { random, settings, serviceDate } = draft
  const deeds: Deed[] = []
  const mayConfirm = dateAt(settings.timeZone, at) <= serviceDate
  for (let left = count; left > 0; left--) {
    const dice = random.next()
    if (phase === 'under way' && dice < 0.45) deeds.push(...anyReport(draft, at))
    else if (dice < 0.65) deeds.push(anyPlan(draft))
    else if (dice < 0.81) deeds.push(anyContract(draft))
    else if (dice < 0.93) deeds.push(anyConsent(draft))
    else if (dice < 0.96) {
      draft.settings = changedSettings(random, draft.settings)
      deeds.push({ do: 'settings', settings: draft.settings })
    } else if (phase === 'before' && dice < 0.975) deeds.push({ do: 'unconfirm' })
    else if (mayConfirm) deeds.push({ do: 'confirm' })
  }
  // A route that stays un-confirmed has nothing to show.
  if (mayConfirm && random.chance(0.8)) deeds.splice(random.between(0, deeds.length), 0, { do: 'confirm' })
  if (last && random.chance(0.3)) deeds.push({ do: 'cancel' })
  return deeds
}

function anyPlan(draft: Draft): Deed {
  const { random, gone } = draft
  const stop = random.from(draft.stops)
  const back = random.from(gone)
  const dice = random.next()
  if (back !== null && dice < 0.15) {
    draft.gone = gone.filter(({ stopId }) => stopId !== back.stopId)
    draft.stops = [...draft.stops, back]
  } else if (dice < 0.2) {
    draft.added += 1
    const added = { ...(stop ?? back), ...freshStop(draft) }
    draft.stops = [...draft.stops, added]
  } else if (stop !== null && draft.stops.length > 2 && dice < 0.35) {
    draft.stops = draft.stops.filter(({ stopId }) => stopId !== stop.stopId)
    draft.gone = [...draft.gone, stop]
  } else if (stop !== null && dice < 0.42) {
    draft.stops = [stop, ...draft.stops.filter(({ stopId }) => stopId !== stop.stopId)]
  } else if (stop !== null) {
    const changed = changedStop(draft, stop, dice)
    draft.stops = draft.stops.map((each) => (each.stopId === stop.stopId ? changed : each))
  }
  return { do: 'plan', stops: draft.stops }
}

function freshStop({ random, settings, serviceDate, contracts, added }: Draft): PlanStop {
  return {
    stopId: `a${added}`,
    kind: random.of(['delivery', 'pickup']),
    scheduledAt: instantOf(settings.timeZone, serviceDate, '08:00') + random.between(0, 150) * 5 * minute,
    timeZone: null,
    contracts: [random.from([...contracts.keys()]) ?? 'C1'],
  }
}

function changedStop({ random, contracts }: Draft, stop: PlanStop, dice: number): PlanStop {
  if (dice < 0.52) {
    const number = random.from([...contracts.keys()]) ?? 'C1'
    if (!stop.contracts.includes(number)) return { ...stop, contracts: [...stop.contracts, number] }
    return { ...stop, contracts: stop.contracts.length > 1 ? stop.contracts.slice(1) : stop.contracts }
  }
  if (dice < 0.56) return { ...stop, contracts: stop.contracts.slice(-1) }
  if (dice < 0.6) return { ...stop, kind: stop.kind === 'delivery' ? 'pickup' : 'delivery' }
  const by = random.chance(0.5) ? random.between(-4, 4) : random.between(-40, 40)
  return { ...stop, scheduledAt: stop.scheduledAt + by * 5 * minute }
}

function anyContract({ random, seed, contracts }: Draft): Deed {
  const index = random.between(0, contracts.size - 1)
  const number = numberOf(index)
  const rows = random.chance(0.4) ? (contracts.get(number) ?? []).slice(1) : anyRows(random, seed, index)
  contracts.set(number, rows)
  return { do: 'contract', number, rows }
}

function anyConsent({ random, seed, contracts }: Draft): Deed {
  const index = random.between(0, contracts.size - 1)
  const book = addressBook(seed)
  const out = random.chance(0.6)
  return random.chance(0.5)
    ? { do: 'consent', channel: 'sms', address: book.phone(index), out }
    : { do: 'consent', channel: 'email', address: book.email(index), out }
}

const kinds = ['arrived', 'arrived', 'arrived', 'departed', 'departed', 'skipped', 'enter', 'enter', 'exit'] as const

/** Reports in order and out of it: on time, late, of the future, twice, on a poor fix, from trucks that drive by. */
function anyReport({ random, stops }: Draft, at: number): Deed[] {
  const stopId = random.from(stops)?.stopId ?? 's1'
  const kind = random.of(kinds)
  const ago = random.of([0, 0, 0, 20, 50, 150, 900, 1_200, 2_700, 5_400])
  const ahead = ago === 0 && (kind === 'arrived' || kind === 'departed') ? random.of([0, 0, 0, 120, 900]) : 0
  const accuracyMeters = random.of([null, null, 20, 250])
  const occurredAt = at - ago * 1_000 + ahead * 1_000
  const report = { do: 'report', stopId, kind, occurredAt, accuracyMeters } as const
  const after = occurredAt + random.of([20, 45, 70, 200]) * 1_000
  if (kind === 'enter' && random.chance(0.5)) return [report, { ...report, kind: 'exit', occurredAt: after }]
  if (kind === 'arrived' && random.chance(0.2)) return [{ ...report, kind: 'departed', occurredAt: after }, report]
  return random.chance(0.1) ? [report, report] : [report]
}
