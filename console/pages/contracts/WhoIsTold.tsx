import type { Shown } from '../../client/api'
import { Badge } from '../../parts/Badge'
import { channelWords, count } from '../../parts/words'

/** So many are named; a contract may have fifty. */
const few = 2

/** The addresses of a contract in a line, or that there are none. */
export function WhoIsTold({ contract: { deliveryNotifications, optedOut } }: { contract: Shown['Contract'] }) {
  const told = deliveryNotifications.filter(({ events }, place) => events.length > 0 && !optedOut.includes(place))
  const named = told.slice(0, few).map(({ method, address }) => `${channelWords[method].toLowerCase()} to ${address}`)
  const rest = told.length - named.length
  return (
    <span>
      {told.length === 0 && (
        <Badge tone="warning" symbol="!">
          Nobody
        </Badge>
      )}
      {[...named, ...(rest > 0 ? [`${rest} more`] : [])].join(', ')}
      {optedOut.length > 0 && ` (${count(optedOut.length, 'address has', 'addresses have')} opted out)`}
    </span>
  )
}
