import type { Knex } from 'knex'
import type { RouteFacts } from '../domain/facts'
import { statusAfter } from '../domain/notificationStatus'
import type { Planned, RoutePlan } from '../domain/planRoute'
import { reasonText } from '../domain/reasons'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Instant } from '../domain/words'
import { setRouteStatus } from './routes'
import { type Database, rows, timestamp } from './sql'

/**
 * Writes what a plan says: states of stops and route, notifications that are newly owed, moved or suppressed. To be called
 * in the transaction that took the facts. A notification that is on its way is left to its outcome.
 * @returns the notifications' ids, in the order of `plan.planned`
 */
export async function savePlan(trx: Database, ref: RouteRef, facts: RouteFacts, plan: RoutePlan): Promise<string[]> {
  await saveProgress(trx, ref, facts, plan)
  const added = plan.planned.filter(({ subject }) => subject.notification === null)
  const ids = await insertNotifications(trx, ref, facts, added, plan.now)
  const idOf = new Map(added.map((planned, index) => [planned, ids[index]]))
  for (const planned of plan.planned)
    if (hasChanged(facts, planned)) await updateNotification(trx, facts, planned, plan.now)
  return plan.planned.map((planned) => planned.subject.notification?.id ?? idOf.get(planned) ?? '')
}

async function saveProgress(
  trx: Database,
  ref: RouteRef,
  facts: RouteFacts,
  { progress, now }: RoutePlan,
): Promise<void> {
  for (const [index, stop] of progress.stops.entries()) {
    const before = facts.stops[index]
    if (before?.status === stop.status && before.arrivedAt === stop.arrivedAt && before.departedAt === stop.departedAt)
      continue
    await rows(
      trx,
      `UPDATE stops SET status = :status, arrived_at = :arrivedAt, departed_at = :departedAt
       WHERE company_id = :companyId AND route_id = :routeId AND stop_id = :stopId`,
      {
        ...ref,
        stopId: stop.stopId,
        status: stop.status,
        arrivedAt: timestamp(stop.arrivedAt),
        departedAt: timestamp(stop.departedAt),
      },
    )
  }
  if (progress.status !== facts.route.status) await setRouteStatus(trx, ref, progress.status, { at: now })
}

async function insertNotifications(
  trx: Database,
  ref: RouteRef,
  facts: RouteFacts,
  added: Planned[],
  now: Instant,
): Promise<string[]> {
  if (added.length === 0) return []
  const inserted = added.map((planned) => {
    const { subject } = planned
    return {
      company_id: ref.companyId,
      route_id: ref.routeId,
      stop_id: subject.stop?.stopId ?? null,
      event: subject.event,
      channel: subject.recipient.channel,
      address: subject.recipient.address,
      revision: subject.revision,
      internal: subject.recipient.internal,
      contract_numbers: subject.recipient.contractNumbers,
      confirmation: facts.route.confirmation,
      ...decided(facts, planned, now),
    }
  })
  return writeWithDecision(trx, trx('notifications').insert(inserted), now)
}

function hasChanged({ route }: RouteFacts, { subject, decision }: Planned): boolean {
  const { notification } = subject
  if (notification === null) return false
  if (decision.action === 'suppress') return true
  return (
    statusAfter(notification, decision.action) !== notification.status ||
    decision.at !== notification.plannedAt ||
    route.confirmation !== notification.confirmation ||
    decision.window?.start !== notification.window?.start ||
    decision.window?.end !== notification.window?.end ||
    subject.recipient.contractNumbers.join() !== notification.contractNumbers.join()
  )
}

async function updateNotification(trx: Database, facts: RouteFacts, planned: Planned, now: Instant): Promise<void> {
  const { notification, recipient } = planned.subject
  if (notification === null) return
  const changed = {
    ...decided(facts, planned, now),
    contract_numbers: recipient.contractNumbers,
    confirmation: facts.route.confirmation,
    updated_at: trx.fn.now(),
  }
  await writeWithDecision(trx, trx('notifications').where({ id: notification.id }).update(changed), now)
}

const kept = 'status, reason, planned_at, decision, settings_version, window_start, window_end'

/** Writes notifications and keeps the decision that each of them got, in one statement; gives their ids, in order. */
async function writeWithDecision(trx: Database, write: Knex.QueryBuilder, now: Instant): Promise<string[]> {
  const written: { id: string }[] = await trx
    .with('written', write.returning('*'))
    .with(
      'remembered',
      trx.raw(
        `INSERT INTO notification_decisions (notification_id, at, ${kept})
         SELECT id, ?, ${kept} FROM written ORDER BY sequence`,
        [timestamp(now)],
      ),
    )
    .select('id')
    .from('written')
    .orderBy('sequence')
  return written.map(({ id }) => id)
}

/** The columns that a decision writes. */
function decided(facts: RouteFacts, { subject, decision }: Planned, now: Instant) {
  const { rule, numbers, window, action, withdrawn } = decision
  const byQuietHours = action === 'suppress' && decision.byQuietHours
  const status = statusAfter(subject.notification, action)
  const reason = status === 'suppressed' && action === 'suppress' ? decision.reason : null
  return {
    status,
    reason,
    reason_text: reason === null ? null : (reasonText('suppressed', reason) ?? null),
    ...(action === 'suppress' ? {} : { planned_at: timestamp(decision.at) }),
    decision: JSON.stringify({ rule, numbers, action, byQuietHours, withdrawn, at: now }),
    settings_version: facts.settingsVersion,
    window_start: timestamp(window?.start),
    window_end: timestamp(window?.end),
  }
}
