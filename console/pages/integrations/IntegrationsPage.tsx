import { useQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api } from '../../client/api'
import { Answered } from '../../parts/Answered'
import { PageHead } from '../../parts/PageHead'
import { ChannelCard } from './ChannelCard'
import classes from './integrations.module.css'
import { VendorCard } from './VendorCard'

/** What the company is connected to: the vendors of its GPS devices, and the ways that messages go. */
export default function IntegrationsPage() {
  const { companyId } = useCompany()
  const integrations = useQuery({
    queryKey: ['integrations', companyId],
    queryFn: () => answered(api.GET('/v1/companies/{companyId}/integrations', { params: { path: { companyId } } })),
  })
  return (
    <>
      <PageHead
        title="Integrations"
        about="Who reports where the trucks are and is handed their routes, and how messages go out."
      />
      <Answered query={integrations} what="the integrations">
        {({ vendors, channels }) => (
          <div className={classes.cards}>
            {vendors.map((each) => (
              <VendorCard key={each.vendor} {...each} />
            ))}
            {channels.map((each) => (
              <ChannelCard key={each.channel} {...each} />
            ))}
          </div>
        )}
      </Answered>
    </>
  )
}
