import type { ConnectionLike, WorkflowClientInterceptor } from '@temporalio/client'
import { msToTs } from '@temporalio/common/lib/time'
import type { Instant } from '../domain/words'
import { fastForward } from './timeSkipping'

/** A move that ends within milliseconds of a due timer goes on to the next timer (Temporal 1.32), and moments are round. */
const aheadOfDueMs = 3_000

/**
 * One clock for everything that is rehearsed: it runs like the wall clock, ahead of it by what has been skipped. The
 * server keeps a clock for each workflow; this takes them along. Between moves none of them is behind this one, and none
 * ahead of it by more than a move takes and a few seconds.
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

  /** Lets what a client starts begin on this clock instead of the wall clock, as soon as it joins. */
  readonly startLater: WorkflowClientInterceptor = {
    start: (input, next) =>
      next({ ...input, options: { ...input.options, startDelay: msToTs(Math.max(0, this.skippedMs)) } }),
  }

  /** Takes a workflow that has just started to where the others are. */
  async join(workflowId: string): Promise<void> {
    this.aheadMs.set(workflowId, 0)
    await this.take(workflowId, this.now())
  }

  /** Like `join`, for a workflow that may be with the others already. */
  async takeAlong(workflowId: string): Promise<void> {
    if (!this.aheadMs.has(workflowId)) await this.join(workflowId)
  }

  /** Moves every clock to `moment`, firing what comes due on the way; does nothing when it is past. */
  async passTo(moment: Instant): Promise<void> {
    if (moment <= this.now()) return
    // First this one: what a provider reports of a message on the way must not come before the message.
    this.skippedMs = moment - Date.now()
    await Promise.all([...this.aheadMs.keys()].map((id) => this.take(id, moment)))
  }

  private async take(workflowId: string, moment: Instant): Promise<void> {
    const durationMs = Math.floor(moment + aheadOfDueMs - Date.now() - (this.aheadMs.get(workflowId) ?? 0))
    if (durationMs <= 0) return
    const runs = await fastForward(this.connection, this.namespace, workflowId, durationMs)
    if (runs) this.aheadMs.set(workflowId, moment + aheadOfDueMs - Date.now())
    else this.aheadMs.delete(workflowId)
  }
}
