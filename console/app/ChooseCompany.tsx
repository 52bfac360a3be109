import { Redirect } from 'wouter'
import { lastCompany, useCompanies } from '../client/companies'
import { Answered } from '../parts/Answered'
import { Empty } from '../parts/Empty'

/** Opens the company that was open last, or the first. */
export function ChooseCompany() {
  const companies = useCompanies()
  return (
    <Answered query={companies} what="the companies">
      {(items) => {
        const opened = items.find(({ companyId }) => companyId === lastCompany()) ?? items[0]
        if (opened !== undefined) return <Redirect to={`/companies/${opened.companyId}/routes`} replace />
        return (
          <main>
            <Empty title="There is no company yet">A company is made by the API: PUT /v1/companies/…, see /docs.</Empty>
          </main>
        )
      }}
    </Answered>
  )
}
