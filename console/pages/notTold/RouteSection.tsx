import { Anchor } from '@mantine/core'
import { Link } from 'wouter'
import { Badge } from '../../parts/Badge'
import { StatusBadge } from '../../parts/StatusBadge'
import { eventWords } from '../../parts/words'
import type { MissedCustomer, MissedRoute } from './groupByRoute'
import { MissedEntry } from './MissedEntry'
import classes from './NotTold.module.css'
import { whatToDo } from './whatToDo'

/** Who could not be told on one route. */
export function RouteSection({ route: { routeId, customers, others }, day }: { route: MissedRoute; day: string }) {
  return (
    <section className={classes.route} aria-label={`Route ${routeId}`}>
      <h2>
        <Anchor component={Link} href={`/routes?day=${day}&q=${routeId}`} inherit>
          Route {routeId}
        </Anchor>
      </h2>
      <ul className={classes.entries}>
        {customers.map((customer) => (
          <Customer key={`${customer.stopId} ${customer.contractNumber} ${customer.event}`} customer={customer} />
        ))}
        {others.map((message) => (
          <MissedEntry
            key={message.id}
            routeId={routeId}
            stopId={message.stopId}
            contractNumbers={message.contractNumbers}
            badge={<StatusBadge status={message.status} reason={message.reason} />}
            why={`${eventWords[message.event]} to ${message.recipient}. ${message.reasonText ?? ''}`}
            todo={whatToDo(message.reason)}
            messages={[message]}
          />
        ))}
      </ul>
    </section>
  )
}

function Customer({ customer }: { customer: MissedCustomer }) {
  const { routeId, stopId, contractNumber, event, reason, reasonText, messages } = customer
  return (
    <MissedEntry
      routeId={routeId}
      stopId={stopId}
      contractNumbers={[contractNumber]}
      badge={<Badge tone="bad">{eventWords[event]} not told</Badge>}
      why={reasonText}
      todo={whatToDo(reason)}
      messages={messages}
    />
  )
}
