import { useQuery, useQueryClient } from '@tanstack/react-query'
import { keepKey, type Operator } from './session'

const queryKey = ['session']

/** Who is signed in; null for nobody. */
export function useOperator() {
  return useQuery<Operator | null>({ queryKey, queryFn: () => null, staleTime: Number.POSITIVE_INFINITY })
}

/** Signs in by an API key that is kept in memory. */
export function useSignIn() {
  const queries = useQueryClient()
  return (key: string, companyId: string) => {
    keepKey(key)
    queries.setQueryData<Operator>(queryKey, { email: '', name: 'API key', role: 'admin', companyId })
  }
}

/** Forgets the key and everything that was read with it. */
export function useSignOut() {
  const queries = useQueryClient()
  return () => {
    keepKey(null)
    queries.clear()
    queries.setQueryData(queryKey, null)
  }
}
