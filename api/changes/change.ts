/** What has changed: ids alone, so that a console asks for what it shows, with what its operator may see. */
export interface Change {
  event:
    | 'refresh'
    | 'route'
    | 'notification'
    | 'settings'
    | 'company'
    | 'truck'
    | 'contract'
    | 'consent'
    | 'task'
    | 'integration'
  routeId?: string
  /** Of a notification; null: of several stops, or of the whole route. */
  stopId?: string | null
}

/** Anything may have changed: the first of every connection, and whenever some changes could not be told one by one. */
export const refresh: Change = { event: 'refresh' }

/** A change as an event of `text/event-stream`. */
export function eventOf({ event, ...ids }: Change): string {
  return `event: ${event}\ndata: ${JSON.stringify(ids)}\n\n`
}
