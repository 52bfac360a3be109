import { useQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api } from '../../client/api'
import type { SettingsDocument } from './settingsDocument'

/** What saving a document would do to messages that are not sent yet; null asks nothing. */
export function useEffectOf(document: SettingsDocument | null) {
  const { companyId } = useCompany()
  return useQuery({
    queryKey: ['settings-effect', companyId, document],
    queryFn: () =>
      answered(
        api.POST('/v1/companies/{companyId}/settings/effect', {
          params: { path: { companyId } },
          body: document as SettingsDocument,
        }),
      ),
    enabled: document !== null,
    staleTime: 10_000,
    gcTime: 60_000,
    retry: false,
  })
}
