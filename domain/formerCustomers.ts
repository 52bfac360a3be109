import type { NotificationRecord, RouteFacts, StopRecord } from './facts'
import { type Recipient, recipientKey, recipientsOf } from './recipients'
import { wasTold } from './told'

/**
 * Customers of contracts that have been taken off a stop, after they were told to expect the truck there: for them the visit
 * is cancelled, though the stop stays. Whoever is listed by another contract of the stop is still waited for, and is none.
 * `ofStop` are the notifications about the stop.
 */
export function formerCustomers(
  { contracts, settings }: Pick<RouteFacts, 'contracts' | 'settings'>,
  stop: StopRecord,
  ofStop: NotificationRecord[],
): Recipient[] {
  const former = withFormerContracts(stop, ofStop).contractNumbers.slice(stop.contractNumbers.length)
  if (former.length === 0) return []
  const present = new Set(
    stop.contractNumbers
      .flatMap((number) => contracts.get(number)?.deliveryNotifications ?? [])
      .map(({ method, address }) => recipientKey({ channel: method, address })),
  )
  const rows = ofStop.filter(({ event }) => event === 'cancelled')
  return recipientsOf({ ...stop, contractNumbers: former }, 'cancelled', contracts, rows, settings).filter(
    (recipient) => !recipient.internal && !present.has(recipientKey(recipient)),
  )
}

/** The stop with the contracts through which its customers were told, its own first. */
export function withFormerContracts(stop: StopRecord, ofStop: NotificationRecord[]): StopRecord {
  const told = ofStop.filter((row) => !row.internal && wasTold(row)).flatMap((row) => row.contractNumbers)
  return { ...stop, contractNumbers: [...new Set([...stop.contractNumbers, ...told])] }
}
