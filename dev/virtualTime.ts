import type { ConnectionLike } from '@temporalio/client'
import type { Instant } from '../domain/words'
import { fastForward } from './timeSkipping'

/** A move that ends within milliseconds of a due timer goes on to the next timer (Temporal 1.32), and moments are round. */
const aheadOfDueMs = 3_000

/**
 * One clock for everything that is rehearsed: it runs like the wall clock, ahead of it by what has been skipped. The
 * server keeps a clock for each workflow; this takes them along. None of them is ever behind this one, and none ahead of
 * it by more than a move takes and a few seconds.
 */
export class VirtualTime {
  private skippedMs = 0
  /** By how much each running workflow's clock is ahead of the wall clock, at least. */
  private readonly aheadMs = new Map<string, number>()

  constructor(
    private readonly connection: Pick<ConnectionLike, 'workflowService'>,
    private readonly namespace: string,
  ) {}

  readonly now = (): Instant => Date.now() + this.skippedMs

  /** Takes a workflow that has just started, and so began on the wall clock, to where the others are. */
  async join(workflowId: string): Promise<void> {
    this.aheadMs.set(workflowId, 0)
    await this.take(workflowId, this.now())
  }

  /** Moves every clock to `moment`, firing what comes due on the way; does nothing when it is past. */
  async passTo(moment: Instant): Promise<void> {
    if (moment <= this.now()) return
    await Promise.all([...this.aheadMs.keys()].map((id) => this.take(id, moment)))
    this.skippedMs = moment - Date.now()
  }

  private async take(workflowId: string, moment: Instant): Promise<void> {
    const durationMs = Math.floor(moment + aheadOfDueMs - Date.now() - (this.aheadMs.get(workflowId) ?? 0))
    if (durationMs <= 0) return
    const runs = await fastForward(this.connection, this.namespace, workflowId, durationMs)
    if (runs) this.aheadMs.set(workflowId, moment + aheadOfDueMs - Date.now())
    else this.aheadMs.delete(workflowId)
  }
}
