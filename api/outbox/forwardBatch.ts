import type { Knex } from 'knex'
import type { Logger } from 'pino'
import { deleteFromOutbox, type OutboxRow, postponeOutbox, takeOutboxBatch } from '../../db/outbox'
import { deliver, type TemporalTarget } from './deliver'

const batchSize = 50
const deadlineMs = 5_000
const postpone = { firstMs: 500, mostMs: 15_000 }

/**
 * Delivers what is due, the earliest message of each route. The rows stay locked until it is known what became of them,
 * so several processes share the work and no message overtakes another of its route.
 */
export async function forwardBatch(
  db: Knex,
  temporal: TemporalTarget,
  log: Logger,
): Promise<{ taken: number; delivered: number }> {
  return db.transaction(async (trx) => {
    const batch = await takeOutboxBatch(trx, batchSize)
    const results = await Promise.all(batch.map((row) => attempt(row, db, temporal, log)))
    await deleteFromOutbox(
      trx,
      results.filter(({ error }) => error === null).map(({ row }) => row.id),
    )
    for (const { row, error } of results)
      if (error !== null)
        await postponeOutbox(trx, row.id, error, Math.min(postpone.firstMs * 2 ** row.tries, postpone.mostMs))
    return { taken: batch.length, delivered: results.filter(({ error }) => error === null).length }
  })
}

async function attempt(row: OutboxRow, db: Knex, temporal: TemporalTarget, log: Logger) {
  const about = { outboxId: row.id, route: row.routeId, kind: row.message.kind, tries: row.tries }
  try {
    const outcome = await deliver(row, db, temporal, deadlineMs)
    if (outcome === 'needless') log.info(about, 'No workflow needs this message: it is dropped')
    return { row, error: null }
  } catch (err) {
    log.warn({ ...about, err }, 'Temporal did not take a message; trying again later')
    return { row, error: err instanceof Error ? err.message : String(err) }
  }
}
