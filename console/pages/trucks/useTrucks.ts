import { useInfiniteQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { useChange } from '../../parts/useChange'

export type Truck = Shown['ListedTruck']
export type Device = NonNullable<Truck['device']>

/** Every truck of the company, page by page. */
export function useTrucks() {
  const { companyId } = useCompany()
  return useInfiniteQuery({
    queryKey: ['trucks', companyId],
    queryFn: ({ pageParam }) =>
      answered(
        api.GET('/v1/companies/{companyId}/trucks', {
          params: { path: { companyId }, query: { limit: 100, ...(pageParam !== '' && { cursor: pageParam }) } },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor,
  })
}

interface SavedTruck {
  truckId: string
  name: string
  device: Device | null
  /** It must not be there yet. */
  isNew?: boolean
}

/** Adds a truck, or replaces its name and its device. `said`: what people hear when it is done. */
export function useSaveTruck(said: (truck: SavedTruck) => string) {
  const { companyId } = useCompany()
  return useChange({
    change: ({ truckId, name, device, isNew = false }: SavedTruck) =>
      answered(
        api.PUT('/v1/companies/{companyId}/trucks/{truckId}', {
          params: { path: { companyId, truckId } },
          body: { name, device },
          ...(isNew && { headers: { 'If-None-Match': '*' } }),
        }),
      ),
    makesOld: [
      ['trucks', companyId],
      ['day', companyId],
      ['route', companyId],
    ],
    done: (_, truck) => said(truck),
  })
}
