import { useQuery } from '@tanstack/react-query'
import { Link, useSearchParams } from 'wouter'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { Answered } from '../../parts/Answered'
import { Badge } from '../../parts/Badge'
import { Empty } from '../../parts/Empty'
import { Moment } from '../../parts/Moment'
import { PageHead } from '../../parts/PageHead'
import { useRowKeys } from '../../parts/useRowKeys'
import { count, stopStatusWords } from '../../parts/words'
import classes from './Find.module.css'

/** The stops of whoever was looked for in the menu; each leads to why its customers were told or not. */
export default function FindPage() {
  const { companyId, operator } = useCompany()
  const q = useSearchParams()[0].get('q')?.trim() ?? ''
  const found = useQuery({
    queryKey: ['stops', companyId, q],
    queryFn: () =>
      answered(api.GET('/v1/companies/{companyId}/stops', { params: { path: { companyId }, query: { q } } })),
    enabled: q !== '',
    staleTime: 0,
  })
  const byWhat = 'a name, a phone number, an email, a contract or a street'
  if (q === '') return <PageHead title="Find a customer" about={`Type ${byWhat} into the field above the menu.`} />
  return (
    <>
      <PageHead
        title={`Stops of “${q}”`}
        about="The nearest to now first. Open one to see who was told, who was not, and why."
      />
      <Answered query={found} what="the stops">
        {({ items }) =>
          items.length === 0 ? (
            <Empty title="No stop fits">
              {operator.role === 'viewer'
                ? 'Names, phone numbers and emails are masked for you, and found by the whole of them alone; contracts and streets by a part.'
                : `Look for a part of ${byWhat}. By street, stops of the last two weeks and ahead are found.`}
            </Empty>
          ) : (
            <FoundStops stops={items} />
          )
        }
      </Answered>
    </>
  )
}

function FoundStops({ stops }: { stops: readonly Shown['FoundStop'][] }) {
  const list = useRowKeys<HTMLUListElement>()
  return (
    <>
      <p role="status" className={classes.count}>
        {count(stops.length, 'stop')}
      </p>
      <ul ref={list} className={classes.list}>
        {stops.map(({ routeId, routeName, stopId, kind, status, scheduledAt, address, contracts }) => (
          <li key={`${routeId} ${stopId}`}>
            <Link href={`/routes/${routeId}/stops/${stopId}`} className={classes.stop} data-row>
              <span>
                <Moment at={scheduledAt} />
              </span>
              <span>
                <b>{contracts.map(({ customer, number }) => `${customer.name}, contract ${number}`).join('; ')}</b>
                <span className={classes.place}>
                  {address}, {kind} on route {routeName}
                </span>
              </span>
              <Badge tone={stopStatusWords[status].tone}>{stopStatusWords[status].text}</Badge>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
