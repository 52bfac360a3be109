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
  /** Where a move that is under way goes to: it is that moment already, for what a provider reports of a message meanwhile. */
  private movingTo: Instant | null = null
  /** By how much each running workflow's clock is ahead of the wall clock, at least. */
  private readonly aheadMs = new Map<string, number>()

  constructor(
    private readonly connection: Pick<ConnectionLike, 'workflowService'>,
    private readonly namespace: string,
    /** How far past the moment each workflow is moved. */
    private readonly leadMs = aheadOfDueMs,
  ) {}

  readonly now = (): Instant => this.movingTo ?? Date.now() + this.skippedMs

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
    this.movingTo = moment
    try {
      await Promise.all([...this.aheadMs.keys()].map((id) => this.take(id, moment)))
    } finally {
      this.skippedMs = moment - Date.now()
      this.movingTo = null
    }
  }

  private async take(workflowId: string, moment: Instant): Promise<void> {
    const known = () => this.aheadMs.get(workflowId) ?? 0
    const wanted = () => Math.floor(moment + this.leadMs - Date.now() - known())
    if (wanted() <= 0) return
    const runs = await fastForward(this.connection, this.namespace, workflowId, wanted)
    if (runs) this.aheadMs.set(workflowId, Math.max(known(), moment + this.leadMs - Date.now()))
    else this.aheadMs.delete(workflowId)
  }
}
