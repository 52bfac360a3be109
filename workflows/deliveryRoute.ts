import { continueAsNew, defineSignal, setHandler, workflowInfo } from '@temporalio/workflow'
import type { Sent } from '../activities/sending'
import type { RouteEvent } from '../domain/routeEvent'
import { type RouteRef, routeEventSignal } from '../domain/routeWorkflow'
import type { RouteStatus } from '../domain/words'
import { HandOff } from './handOff'
import { Inbox } from './inbox'
import { lookUpOutcomes, planNow, sendDue } from './routeActivities'
import { showToOperator } from './showToOperator'

/** Whatever happens to a running route reaches it through this one signal, in order. */
export const routeEvent = defineSignal<[RouteEvent]>(routeEventSignal)

/**
 * The life of one confirmed route. It sleeps until the next message is due, is woken by whatever happens to the route,
 * and ends when nothing is left to tell. The facts are in the database: it reads them again whenever it wakes, so it
 * remembers nothing, and an event that comes twice, late or out of order changes nothing.
 *
 * @returns how the route ended; null when it was removed
 */
export async function deliveryRoute(route: RouteRef): Promise<RouteStatus | null> {
  const inbox = new Inbox()
  const handOff = new HandOff(route, inbox)
  setHandler(routeEvent, (event) => inbox.receive(event), { description: 'Something happened to the route' })

  // What is known to be due, in words, without a look at the facts.
  let due: string | null = null
  for (;;) {
    inbox.markRead()
    const turn: Sent = due === null ? await planNow(route) : await sendDue(route, due)
    const { agenda } = turn
    if (agenda === null) return null
    showToOperator(agenda)
    // Beside all that follows: nothing waits for a vendor.
    if (agenda.handOffDue) handOff.begin(agenda.handOffDue)

    if (agenda.due !== null) {
      if (due !== null && Object.keys(turn.outcomes).length === 0) await inbox.breathe()
      due = agenda.due
    } else if (agenda.lookUps.length > 0) {
      due = null
      if (!(await lookUpOutcomes(agenda))) await inbox.breathe()
    } else if (workflowInfo().continueAsNewSuggested && !handOff.isUnderWay) {
      // Whatever is unread is in the facts that the next run begins with.
      await continueAsNew<typeof deliveryRoute>(route)
    } else if (agenda.over && !handOff.isUnderWay && !inbox.hasNews) {
      return agenda.status
    } else {
      await inbox.newsOr(agenda.wakeAt, agenda.next)
      due = inbox.hasNews ? inbox.reported : agenda.dueNext
    }
  }
}
