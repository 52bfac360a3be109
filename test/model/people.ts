import type { Channel, DeliveryNotification, Event } from '../../domain/words'
import type { State, StopState } from './state'

/** "Who is told". */
export interface Person {
  channel: Channel
  address: string
  contracts: string[]
  internal: boolean
}

export const addressOf = (person: { channel: Channel; address: string }) => `${person.channel}:${person.address}`
const rowAddress = ({ method, address }: DeliveryNotification) => `${method}:${address}`

type Rows = { number: string; row: DeliveryNotification }[]

/** A state does not change, and it is asked for the rows of its stops very often. */
const known = new WeakMap<State, Map<string[], Rows>>()

function rowsAt(state: State, { contracts }: StopState): Rows {
  const ofState = known.get(state) ?? new Map<string[], Rows>()
  known.set(state, ofState)
  const rows =
    ofState.get(contracts) ??
    contracts.flatMap((number) => (state.contracts.get(number) ?? []).map((row) => ({ number, row })))
  ofState.set(contracts, rows)
  return rows
}

/** Whether somebody at the stop is told by email only when a text fails. */
export function hasStandIn(state: State, stop: StopState): boolean {
  return rowsAt(state, stop).some(({ row }) => row.onlyIfTextFails)
}

/**
 * Everybody who is to be told of an event at a stop. `textsFailed` says whether a contract's texts of the event ended
 * without reaching anybody for a reason of the text channel.
 */
export function peopleAt(
  state: State,
  stop: StopState,
  event: Event,
  textsFailed: (texts: string[]) => boolean,
): Person[] {
  const people: Person[] = []
  for (const { number, row } of rowsAt(state, stop)) {
    if (!row.events.includes(event)) continue
    if (row.onlyIfTextFails) {
      const own = (state.contracts.get(number) ?? []).filter((each) => each.method === 'sms')
      if (!textsFailed(own.filter((each) => each.events.includes(event)).map(rowAddress))) continue
    }
    const known = people.find((person) => addressOf(person) === rowAddress(row))
    if (known === undefined)
      people.push({ channel: row.method, address: row.address, contracts: [number], internal: false })
    else if (!known.contracts.includes(number)) known.contracts.push(number)
  }
  return event === 'confirmed' ? people : [...people, ...staff(state, event, stop.contracts)]
}

/** The stop with the contracts that have been taken off it after their customers were told of it, its own first. */
export function withFormer(stop: StopState, told: { contracts: string[] }[]): StopState {
  return { ...stop, contracts: [...new Set([...stop.contracts, ...told.flatMap(({ contracts }) => contracts)])] }
}

/**
 * The page is silent; the engine's decision: for customers of a contract that has been taken off, the visit is cancelled,
 * unless they are listed by a contract that stays.
 */
export function formerPeople(
  state: State,
  stop: StopState,
  told: { contracts: string[] }[],
  textsFailed: (texts: string[]) => boolean,
): Person[] {
  const contracts = withFormer(stop, told).contracts.slice(stop.contracts.length)
  const present = new Set(rowsAt(state, stop).map(({ row }) => rowAddress(row)))
  const people = peopleAt(state, { ...stop, contracts }, 'cancelled', textsFailed)
  return people.filter((person) => !person.internal && !present.has(addressOf(person)))
}

/** Every row that names the person for the event is only for when a text fails. */
export function isStandIn(state: State, stop: StopState, event: Event, person: Person): boolean {
  if (person.internal) return false
  const own = rowsAt(state, stop).filter(
    ({ row }) => rowAddress(row) === addressOf(person) && row.events.includes(event),
  )
  return own.length > 0 && own.every(({ row }) => row.onlyIfTextFails)
}

/** "Internal recipients get their own messages." */
export function staff(state: State, event: Event, contracts: string[]): Person[] {
  return state.settings.internalRecipients
    .filter(({ events }) => events.includes(event))
    .map(({ method, address }) => ({ channel: method, address, contracts, internal: true }))
}

/**
 * The page is silent; the engine's decision (`sameCustomer`): a text and the email that stands in for it when it fails go
 * to one customer, who knows from the one what the other does not repeat. But an email that is owed an event in its own
 * right, by a row of another contract, is not a stand-in for it: rows without `onlyIfTextFails` are told, whatever a
 * text says.
 */
export function addressesOfCustomer(state: State, stop: StopState, event: Event, person: Person): Set<string> {
  const rows = rowsAt(state, stop)
  if (!rows.some(({ row }) => row.onlyIfTextFails)) return new Set([addressOf(person)])
  const inOwnRight = new Set(
    rows.filter(({ row }) => !row.onlyIfTextFails && row.events.includes(event)).map(({ row }) => rowAddress(row)),
  )
  const own = addressOf(person)
  const all = new Set([own])
  for (const text of rows.filter(({ row }) => row.method === 'sms')) {
    for (const email of rows.filter(({ row }) => row.onlyIfTextFails)) {
      if (text.number !== email.number || inOwnRight.has(rowAddress(email.row))) continue
      if (own === rowAddress(text.row)) all.add(rowAddress(email.row))
      if (own === rowAddress(email.row)) all.add(rowAddress(text.row))
    }
  }
  return all
}
