import { type UseMutateFunction, useMutation, useQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'

const askAgainMs = 500

/** How a test that was asked for goes. */
export interface RunningTest {
  isRunning: boolean
  /** Why it was refused, or cannot be followed; null for neither. */
  error: unknown
  /** As it is by now; undefined before there is one. */
  test: Shown['ProviderTest'] | undefined
}

interface Asking<Input> {
  run: UseMutateFunction<Shown['ProviderTestAskedFor'], Error, Input>
  /** As if there had been no test: what it was of has changed. */
  forget: () => void
}

/** Asks for a test of a provider, and again and again how it went, until it has ended. */
export function useProviderTest<Input = void>(
  ask: (input: Input) => Promise<Shown['ProviderTestAskedFor']>,
): RunningTest & Asking<Input> {
  const { companyId } = useCompany()
  const asked = useMutation({ mutationFn: ask })
  const id = asked.data?.id ?? ''
  const { data: test, error } = useQuery({
    queryKey: ['provider-tests', companyId, id],
    enabled: id !== '',
    queryFn: () =>
      answered(api.GET('/v1/companies/{companyId}/provider-tests/{id}', { params: { path: { companyId, id } } })),
    refetchInterval: ({ state: { data, status } }) =>
      status !== 'error' && (data === undefined || data.status === 'pending') && askAgainMs,
  })
  return {
    run: asked.mutate,
    forget: asked.reset,
    isRunning: asked.isPending || (id !== '' && error === null && (test === undefined || test.status === 'pending')),
    error: asked.error ?? error,
    test,
  }
}
