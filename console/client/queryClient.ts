import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from './apiError'
import { signedOut } from './session'

/**
 * Reads are kept for half a minute and asked again when the live stream says so; what may pass is tried three times. When
 * a session ends, whatever was to be read or done, the sign-in page is next.
 */
export function createQueryClient(): QueryClient {
  const onError = (error: unknown) => {
    if (error instanceof ApiError && error.problem.code === 'unauthorized') signedOut(queries)
  }
  const queries: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 3 && !(error instanceof ApiError && !error.isPassing),
      },
    },
  })
  return queries
}
