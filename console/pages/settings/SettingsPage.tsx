import { useQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api } from '../../client/api'
import { Answered } from '../../parts/Answered'
import { SettingsEditor } from './SettingsEditor'

/** Customer Notifications: what customers are told, when, and in what words. */
export default function SettingsPage() {
  const { companyId } = useCompany()
  const settings = useQuery({
    queryKey: ['settings', companyId],
    queryFn: () => answered(api.GET('/v1/companies/{companyId}/settings', { params: { path: { companyId } } })),
  })
  return (
    <Answered query={settings} what="the settings">
      {(saved) => <SettingsEditor saved={saved} />}
    </Answered>
  )
}
