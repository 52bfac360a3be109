import type { Shown } from '../../client/api'

type Message = Shown['Notification']
export type NotTold = Shown['NotToldList']['items'][number]

/** A customer who was told nothing of an event, with those of the messages that a person can do something about. */
export interface MissedCustomer extends NotTold {
  messages: Message[]
}

/** A customer whom no message reached, and whom somebody told by phone: nothing is left to do. */
export type ToldCustomer = NotTold & { toldByPhone: NonNullable<NotTold['toldByPhone']> }

export interface Missed {
  routes: MissedRoute[]
  toldByPhone: ToldCustomer[]
}

/** What needs a person on one route. */
export interface MissedRoute {
  routeId: string
  customers: MissedCustomer[]
  /** Did not arrive, though their customer was told in another way, or they were for people of the company. */
  others: Message[]
}

/**
 * Customers who could not be told, and messages that did not arrive, by route. A message that was planned again since then is
 * no matter any more: its successor is. Customers whom somebody told by phone stand apart, with their messages.
 */
export function groupByRoute(notTold: readonly NotTold[], missed: readonly Message[]): Missed {
  const open = new Map(missed.filter(({ successorId }) => successorId === undefined).map((each) => [each.id, each]))
  const routes = new Map<string, MissedRoute>()
  const routeOf = (routeId: string): MissedRoute => {
    const route = routes.get(routeId) ?? { routeId, customers: [], others: [] }
    routes.set(routeId, route)
    return route
  }
  const named = new Set<string>()
  const toldByPhone: ToldCustomer[] = []
  for (const entry of notTold) {
    const messages = entry.notificationIds.flatMap((id) => open.get(id) ?? [])
    for (const { id } of messages) named.add(id)
    if (isToldByPhone(entry)) toldByPhone.push(entry)
    else routeOf(entry.routeId).customers.push({ ...entry, messages })
  }
  for (const message of open.values()) if (!named.has(message.id)) routeOf(message.routeId).others.push(message)
  return { routes: [...routes.values()].sort((a, b) => a.routeId.localeCompare(b.routeId)), toldByPhone }
}

function isToldByPhone(entry: NotTold): entry is ToldCustomer {
  return entry.toldByPhone !== undefined
}
