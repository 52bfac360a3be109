import type { Settings } from '../../domain/settings'
import type { DeliveryNotification } from '../../domain/words'
import type { Deed, PlanStop, ReportKind, Scenario } from './history'

/** Everything that has happened, each with its moment: nothing else is remembered of the facts. */
export type History = { at: number; deed: Deed }[]

export interface Report {
  kind: ReportKind
  at: number
}

export interface StopState extends PlanStop {
  removed: boolean
  /** When it joined a confirmed route. */
  addedAt: number
  reports: Report[]
}

export interface State {
  settings: Settings
  serviceDate: string
  status: 'planned' | 'confirmed' | 'cancelled'
  confirmedAt: number
  /** How often the route has been confirmed. */
  confirmations: number
  stops: StopState[]
  contracts: Map<string, DeliveryNotification[]>
  optedOut: Set<string>
  /** The first edit of the latest burst. */
  editedAt: number
}

/** "Edits (moves, additions, removals) are collected for 20 s, so a burst gives one message." */
export const settling = 20_000

const futureAllowed = 5 * 60_000

/** Replays the whole history. */
export function stateAfter(scenario: Scenario, history: History): State {
  const state: State = {
    settings: scenario.settings,
    serviceDate: scenario.serviceDate,
    status: 'planned',
    confirmedAt: 0,
    confirmations: 0,
    stops: scenario.stops.map((stop) => ({ ...stop, removed: false, addedAt: 0, reports: [] })),
    contracts: new Map(scenario.contracts),
    optedOut: new Set(),
    editedAt: 0,
  }
  for (const { at, deed } of history) replay(state, at, deed)
  return state
}

/** What the dispatcher last made of the route. */
export function dispatchersStatus(history: History): State['status'] {
  const last = history
    .map(({ deed }) => deed.do)
    .findLast((deed) => deed === 'confirm' || deed === 'unconfirm' || deed === 'cancel')
  return last === 'confirm' ? 'confirmed' : last === 'cancel' ? 'cancelled' : 'planned'
}

function replay(state: State, at: number, deed: Deed): void {
  switch (deed.do) {
    case 'confirm':
      state.status = 'confirmed'
      state.confirmedAt = at
      state.confirmations += 1
      break
    case 'unconfirm':
      state.status = 'planned'
      break
    case 'cancel':
      state.status = 'cancelled'
      break
    case 'plan':
      replan(state, at, deed.stops)
      break
    case 'contract':
      state.contracts.set(deed.number, deed.rows)
      break
    case 'settings':
      state.settings = deed.settings
      break
    case 'consent':
      if (deed.out) state.optedOut.add(`${deed.channel}:${deed.address}`)
      else state.optedOut.delete(`${deed.channel}:${deed.address}`)
      break
    case 'report':
      report(state, at, deed)
      break
  }
}

/** "A removed stop stays in the route as cancelled"; one that "was removed and comes back is the same stop again". */
function replan(state: State, at: number, planned: PlanStop[]): void {
  const live = state.status === 'confirmed'
  const before = state.stops
  const known = new Map(before.map((stop) => [stop.stopId, stop]))
  const stays = new Set(planned.map(({ stopId }) => stopId))
  const next = planned.map((stop): StopState => {
    const old = known.get(stop.stopId)
    const joins = old === undefined || old.removed
    const addedAt = joins ? (live ? at : 0) : old.addedAt
    return { ...stop, removed: false, addedAt, reports: old?.reports ?? [] }
  })
  const gone = before.filter(({ stopId }) => !stays.has(stopId)).map((stop) => ({ ...stop, removed: true }))
  const remaining = before.filter(({ removed }) => !removed)
  state.stops = [...next, ...gone]
  if (!live || at < state.editedAt + settling) return
  const changed = JSON.stringify(remaining.map(planOf)) !== JSON.stringify(next.map(planOf))
  if (changed) state.editedAt = at
}

function planOf({ stopId, kind, scheduledAt, timeZone, contracts }: PlanStop): PlanStop {
  return { stopId, kind, scheduledAt, timeZone, contracts }
}

/** A poor fix does not count, and a moment too far ahead counts as now. */
function report(state: State, at: number, deed: Extract<Deed, { do: 'report' }>): void {
  const crossing = deed.kind === 'enter' || deed.kind === 'exit'
  if (crossing && (deed.accuracyMeters ?? 0) > state.settings.arrivals.maxAccuracyMeters) return
  const happenedAt = deed.occurredAt > at + futureAllowed ? at : deed.occurredAt
  for (const stop of state.stops) {
    if (stop.stopId === deed.stopId) stop.reports = [...stop.reports, { kind: deed.kind, at: happenedAt }]
  }
}
