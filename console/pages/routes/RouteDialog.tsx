import { ChangeDialog } from './ChangeDialog'
import { ConfirmDialog } from './ConfirmDialog'
import { DriverLinkDialog } from './DriverLinkDialog'
import type { DayRoute } from './useDay'
import type { RouteChange } from './useRouteChange'

export type RouteQuestion = RouteChange | 'driverLink'

/** What somebody is about to do with which route. */
export interface Asked {
  routeId: string
  what: RouteQuestion
}

export type Ask = (asked: Asked) => void

/** The dialog in which it is done. */
export function RouteDialog({ route, what, close }: { route: DayRoute; what: RouteQuestion; close: () => void }) {
  if (what === 'confirm') return <ConfirmDialog route={route} close={close} />
  if (what === 'driverLink') return <DriverLinkDialog route={route} close={close} />
  return <ChangeDialog route={route} change={what} close={close} />
}
