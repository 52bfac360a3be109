import { sleep } from '@temporalio/workflow'
import type { RouteRef } from '../domain/routeWorkflow'
import type { Inbox } from './inbox'
import { tellVendors } from './routeActivities'

/** What is said to vendors while the story goes on. When it has been said the facts are new, and the story looks at them. */
export class HandOff {
  isUnderWay = false

  constructor(
    private readonly route: RouteRef,
    private readonly inbox: Inbox,
  ) {}

  /** Returns at once. One at a time: what is due meanwhile is still due afterwards. `what` is shown to operators. */
  begin(what: string): void {
    if (this.isUnderWay) return
    this.isUnderWay = true
    // Only a cancellation ends it with an error, and that ends the story too.
    void this.tell(what).catch(() => {})
  }

  private async tell(what: string): Promise<void> {
    try {
      // Whatever plan and deed disagree about must not spin.
      if (!(await tellVendors(this.route, what))) await sleep('1s')
    } finally {
      this.isUnderWay = false
      this.inbox.noteFact()
    }
  }
}
