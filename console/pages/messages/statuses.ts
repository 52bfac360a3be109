import type { Shown } from '../../client/api'

type Status = Shown['Notification']['status']

const every: Record<Status, true> = {
  planned: true,
  held: true,
  sending: true,
  accepted: true,
  sent: true,
  delivered: true,
  undelivered: true,
  failed: true,
  unknown: true,
  suppressed: true,
}

/** Every status that a message can have, in the order of its life. A status that the API adds fails the build here. */
export const statuses = Object.keys(every) as Status[]
