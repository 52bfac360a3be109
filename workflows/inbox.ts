import { condition } from '@temporalio/workflow'
import type { RouteEvent } from '../domain/routeEvent'
import type { Instant } from '../domain/words'

/** What was said to a route and not yet looked at. Receiving never throws: an error in a handler would fail the workflow. */
export class Inbox {
  private unread: RouteEvent[] = []
  private isFactNew = false

  receive(event: RouteEvent | null): void {
    // Whatever it says, it is a reason to look at the facts.
    this.unread.push(event ?? { eventId: '', kind: 'planChanged', source: '' })
  }

  /** The route's own work beside the story has changed the facts. */
  noteFact(): void {
    this.isFactNew = true
  }

  get hasNews(): boolean {
    return this.unread.length > 0 || this.isFactNew
  }

  /** What was received that a message is likely to follow from at once, in words: `arrived (s1)`; null for none. */
  get reported(): string | null {
    const reports = this.unread.filter(
      ({ kind }) => kind === 'arrived' || kind === 'departed' || kind === 'resendAsked',
    )
    return reports.map(({ kind, stopId }) => `${kind} (${stopId ?? 'route'})`).join(', ') || null
  }

  /** What was received so far is in the facts that are read from now on. */
  markRead(): void {
    this.unread = []
    this.isFactNew = false
  }

  /** Sleeps until something is said or until `moment`; null waits for news alone. `purpose` is shown on the timer. */
  async newsOr(moment: Instant | null, purpose: string): Promise<void> {
    const heard = () => this.hasNews
    if (moment === null) await condition(heard)
    else await condition(heard, Math.max(1, moment - Date.now()), { summary: purpose })
  }

  /** After work that found nothing to do: whatever plan and deed disagree about (two clocks, say), they must not spin. */
  async breathe(): Promise<void> {
    await this.newsOr(Date.now() + 1_000, 'plan again')
  }
}
