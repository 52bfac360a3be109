import { Badge } from '../../parts/Badge'
import { Facts } from '../../parts/Facts'
import { channelWords, eventWords } from '../../parts/words'
import classes from './Contract.module.css'
import { Section } from './Section'
import type { Contract } from './useContract'

/** A contract to be read: who is told of what, and the special fields. */
export function ContractView({ contract }: { contract: Contract }) {
  const { customer, fields, deliveryNotifications, optedOut } = contract
  return (
    <div className={classes.sections}>
      <Section title="Delivery notifications" about="The only addresses that are told about this contract.">
        {deliveryNotifications.length === 0 && (
          <p className={classes.about}>None: nobody is told about this contract.</p>
        )}
        {deliveryNotifications.length > 0 && (
          <ul className={classes.rows}>
            {deliveryNotifications.map(({ method, address, events, onlyIfTextFails }, place) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the contract gives them no other identity
              <li key={place}>
                <div>
                  {channelWords[method]} to <span className={classes.address}>{address}</span>{' '}
                  {optedOut.includes(place) && (
                    <Badge tone="warning" symbol="–">
                      Opted out
                    </Badge>
                  )}
                </div>
                <div>
                  {events.length === 0 ? 'Of nothing' : events.map((event) => eventWords[event]).join(', ')}
                  {onlyIfTextFails && '; only when the text fails'}
                </div>
              </li>
            ))}
          </ul>
        )}
      </Section>
      <Section
        title="Special fields"
        about="What messages are filled in with, as customer.name and contract.fields.NAME."
      >
        <Facts of={{ 'Customer’s name': customer.name, ...fields }} />
      </Section>
    </div>
  )
}
