/** What a dispatcher can do for a customer who was not told, by the reason. */
const advice: Record<string, string> = {
  no_delivery_notification: 'Add a delivery notification to the contract; until then, call the customer.',
  unknown: 'Ask the customer whether it came, or send it again.',
  notifications_off: 'Switch customer notifications on in the settings, or call.',
  sms_off: 'Switch text messages on in the settings, or add an email address to the contract.',
  event_off: 'Switch this event on in the settings if customers are to be told of it.',
  channel_not_configured: 'Ask an administrator to set up the provider (page Health); until then, call the customer.',
  opted_out: 'Do not write: call, or add an address to which the customer agrees to the contract.',
  invalid_address: 'Ask the customer for the right address and correct it on the contract.',
  quiet_hours: 'It would have come at night. Call in the morning if it still matters.',
  stale: 'Too late for a message: call the customer if the truck is still to come.',
  cancelled: 'Nothing: the plan no longer calls for it.',
  not_confirmed: 'Nothing, unless the route is confirmed again.',
  superseded: 'Nothing: something newer has happened.',
  unreachable: 'The phone is off or the mailbox is full: send it again later, or call.',
  content_refused: 'The carrier takes the text for unwanted: change it in the settings, then send again.',
  provider_refused: 'Ask an administrator to look at the account with the provider, then send again.',
}

/** In words, for any reason of a message or of a contract without one. */
export function whatToDo(reason: string | undefined): string {
  return advice[reason ?? 'unknown'] ?? 'Look at the stop, and call the customer.'
}
