import { activityInfo } from '@temporalio/activity'
import type { Knex } from 'knex'
import { takeRouteFacts } from '../db/routeFacts'
import { savePlan } from '../db/savePlan'
import type { ConfiguredChannels } from '../domain/decideNotification'
import type { RouteFacts } from '../domain/facts'
import { handOffSteps } from '../domain/handOff'
import { planRoute, type RoutePlan } from '../domain/planRoute'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Instant } from '../domain/words'
import { type Agenda, agendaOf } from './agenda'

export interface PlanningParts {
  db: Knex
  configured: ConfiguredChannels
}

/** A plan that has been written down, with what it was made from. */
export interface SavedPlan {
  facts: RouteFacts
  plan: RoutePlan
  /** The notifications' ids, in the order of `plan.planned`. */
  ids: string[]
}

/**
 * Reads the facts of a route, decides what it owes and writes the decisions down, in the caller's transaction, which keeps
 * the facts as they are until it ends. Null for a route that is no more.
 */
export async function takePlan(
  trx: Knex.Transaction,
  ref: RouteRef,
  now: Instant,
  configured: ConfiguredChannels,
): Promise<SavedPlan | null> {
  const facts = await takeRouteFacts(trx, ref, now)
  if (facts === null) return null
  const plan = planRoute(facts, now, configured)
  return { facts, plan, ids: await savePlan(trx, ref, facts, plan) }
}

/** What the route's workflow learns from a plan. */
export function agendaFrom({ facts, plan }: SavedPlan): Agenda {
  const { status, stops } = plan.progress
  const handOffs = handOffSteps({ ...facts, stops, route: { ...facts.route, status } }, plan.now)
  return agendaOf(facts, plan, handOffs)
}

/**
 * Plans a route. It runs as a local activity, whose own clock is the wall clock: `workflowNow` is the engine's, and the
 * time since is added to it. Null for a route that is no more.
 */
export async function planAt(
  { db, configured }: PlanningParts,
  ref: RouteRef,
  workflowNow: Instant,
): Promise<Agenda | null> {
  const now = workflowNow + Math.max(0, Date.now() - activityInfo().scheduledTimestampMs)
  const saved = await db.transaction((trx) => takePlan(trx, ref, now, configured))
  return saved && agendaFrom(saved)
}
