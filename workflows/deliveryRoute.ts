import { continueAsNew, defineSignal, setHandler, workflowInfo } from '@temporalio/workflow'
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

  for (;;) {
    inbox.markRead()
    const agenda = await planNow(route)
    if (agenda === null) return null
    showToOperator(agenda)
    // Beside all that follows: nothing waits for a vendor.
    if (agenda.handOffDue) handOff.begin(agenda.handOffDue)

    if (agenda.due.length > 0) {
      if (!(await sendDue(route, agenda))) await inbox.breathe()
    } else if (agenda.lookUps.length > 0) {
      if (!(await lookUpOutcomes(agenda))) await inbox.breathe()
    } else if (workflowInfo().continueAsNewSuggested && !handOff.isUnderWay) {
      // Whatever is unread is in the facts that the next run begins with.
      await continueAsNew<typeof deliveryRoute>(route)
    } else if (inbox.hasNews) {
      // Said while the facts were being read: read them again.
    } else if (agenda.over && !handOff.isUnderWay) {
      return agenda.status
    } else {
      await inbox.newsOr(agenda.wakeAt, agenda.next)
    }
  }
}
