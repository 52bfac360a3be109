import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Shown } from './api'
import { ApiError } from './apiError'

/** Who is signed in. */
export type Operator = Shown['SignedInOperator']

const queryKey = ['session']

/** Who is signed in; null for nobody. */
export function useSession() {
  return useQuery<Operator | null>({ queryKey, queryFn: readSession, staleTime: Number.POSITIVE_INFINITY })
}

async function readSession(): Promise<Operator | null> {
  try {
    return (await answered(api.GET('/v1/session'))).operator
  } catch (error) {
    if (error instanceof ApiError && error.problem.status === 401) return null
    throw error
  }
}

/** Begins a session by email and password, or by the token of a one-time link and a new password. */
export function useSignIn() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (by: { email: string; password: string } | { token: string; password: string }) =>
      'token' in by
        ? answered(api.POST('/v1/session/password', { body: by }))
        : answered(api.POST('/v1/session', { body: by })),
    onSuccess: ({ operator }) => queries.setQueryData(queryKey, operator),
  })
}

/** Ends this session, or every session of the operator. */
export function useSignOut() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ everywhere }: { everywhere: boolean }) =>
      answered(everywhere ? api.DELETE('/v1/sessions') : api.DELETE('/v1/session')),
    // Also when it was over already.
    onSettled: () => signedOut(queries),
  })
}

/** Nobody is signed in any more: forgets everything that was read. */
export function signedOut(queries: QueryClient): void {
  queries.setQueryData(queryKey, null)
  queries.removeQueries({ predicate: (query) => query.queryKey[0] !== queryKey[0] })
}
