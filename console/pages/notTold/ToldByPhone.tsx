import { Anchor } from '@mantine/core'
import { Link } from 'wouter'
import { Badge } from '../../parts/Badge'
import { Moment } from '../../parts/Moment'
import { eventWords } from '../../parts/words'
import type { ToldCustomer } from './groupByRoute'
import classes from './NotTold.module.css'

/** Whom no message reached, and somebody told by phone: there is nothing left to do, and it is seen who did it. */
export function ToldByPhone({ customers }: { customers: readonly ToldCustomer[] }) {
  if (customers.length === 0) return null
  return (
    <section className={classes.route} aria-label="Told by phone">
      <h2>Told by phone ({customers.length})</h2>
      <ul className={classes.entries}>
        {customers.map(({ routeId, stopId, contractNumber, event, reasonText, toldByPhone: { by, at } }) => (
          <li key={[routeId, stopId, contractNumber, event].join(' ')} className={classes.entry}>
            <div className={classes.whose}>
              <Anchor component={Link} href={`/contracts/${contractNumber}`} inherit>
                Contract {contractNumber}
              </Anchor>
              <Anchor component={Link} href={`/routes/${routeId}/stops/${stopId}`} inherit>
                Route {routeId}, stop {stopId}
              </Anchor>
            </div>
            <div>
              <Badge tone="good" symbol="☎">
                {eventWords[event]}
              </Badge>{' '}
              told by phone by {by} at <Moment at={at} />
              <p className={classes.why}>{reasonText}</p>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
