import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './apiError'

/** Reads are kept for half a minute and asked again when the live stream says so; what may pass is tried three times. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (failures, error) => failures < 3 && !(error instanceof ApiError && !error.isPassing),
      },
    },
  })
}
