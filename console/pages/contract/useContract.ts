import { useQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { useChange } from '../../parts/useChange'

export type Contract = Shown['Contract']

/** One contract, read again when somebody has changed it. */
export function useContract(number: string) {
  const { companyId } = useCompany()
  return useQuery({
    queryKey: ['contracts', companyId, number],
    queryFn: () =>
      answered(api.GET('/v1/companies/{companyId}/contracts/{number}', { params: { path: { companyId, number } } })),
  })
}

interface Saved {
  body: Shown['ContractBody']
  /** What the change was made to; null changes whatever is there by now. */
  readAt: string | null
}

/** Replaces the contract. */
export function useSaveContract(number: string) {
  const { companyId } = useCompany()
  return useChange({
    change: ({ body, readAt }: Saved) =>
      answered(
        api.PUT('/v1/companies/{companyId}/contracts/{number}', {
          params: { path: { companyId, number } },
          body,
          ...(readAt !== null && { headers: { 'If-Match': `"${readAt}"` } }),
        }),
      ),
    makesOld: ['contracts', 'contract-list', 'not-told', 'forecast', 'stop'].map((resource) => [resource, companyId]),
    done: () => `Contract ${number} is saved. It holds for whatever has not been sent yet.`,
  })
}
