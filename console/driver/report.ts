/** What a driver has pressed. */
export interface Report {
  /** Its own, made when the button was pressed: however often it is sent, it counts once. */
  eventId: string
  stopId: string
  kind: 'arrived' | 'departed' | 'skipped'
  /** When the button was pressed, by the phone's clock (RFC 3339). */
  occurredAt: string
  /** When the API took it, in milliseconds by the phone's clock. */
  acceptedAt?: number
  /** Why it was refused for good, as the API says it; then it is shown and not sent again. */
  refused?: string
}

/** Whether a report has not got through yet. */
export function waits({ acceptedAt, refused }: Report): boolean {
  return acceptedAt === undefined && refused === undefined
}
