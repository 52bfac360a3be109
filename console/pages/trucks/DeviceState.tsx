import { useNow } from '../../client/serverClock'
import { Badge } from '../../parts/Badge'
import { Moment } from '../../parts/Moment'
import type { Truck } from './useTrucks'

/** On the road a device that is well is heard of more often; the health page says so too. */
const silentMs = 60 * 60_000

/** How fresh the truck's device is. Its silence is a trouble only while the truck is on a route. */
export function DeviceState({ truck: { device, deviceLastEventAt, liveRoute } }: { truck: Truck }) {
  const now = useNow()
  if (device === null) return 'The driver reports'
  const isSilent = deviceLastEventAt === undefined || now - Date.parse(deviceLastEventAt) > silentMs
  const heard = deviceLastEventAt === undefined ? 'Never heard of' : <Moment at={deviceLastEventAt} relative />
  if (liveRoute === undefined) return heard
  return (
    <span>
      <Badge tone={isSilent ? 'warning' : 'good'} symbol={isSilent ? '!' : '✓'}>
        {isSilent ? 'Silent on a route' : 'Heard'}
      </Badge>{' '}
      {heard}
    </span>
  )
}
