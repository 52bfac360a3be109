import { useQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { ApiError } from '../../client/apiError'
import { useChange } from '../../parts/useChange'

export type Task = Shown['Task']

/** The company's dispatch task; null when it has none. Its runs are nobody's change, so it is asked for again and again. */
export function useTask() {
  const { companyId } = useCompany()
  return useQuery({
    queryKey: ['task', companyId],
    refetchInterval: 10_000,
    queryFn: async () => {
      try {
        return await answered(api.GET('/v1/companies/{companyId}/task', { params: { path: { companyId } } }))
      } catch (error) {
        if (error instanceof ApiError && error.problem.status === 404) return null
        throw error
      }
    },
  })
}

/** Makes or changes the task. */
export function useSaveTask(done: (task: Task) => string) {
  const { companyId } = useCompany()
  return useChange({
    change: (body: Shown['TaskBody']) =>
      answered(api.PUT('/v1/companies/{companyId}/task', { params: { path: { companyId } }, body })),
    makesOld: [['task', companyId]],
    done,
  })
}

/** Runs the task now. */
export function useRunTask() {
  const { companyId } = useCompany()
  return useChange({
    change: () => answered(api.POST('/v1/companies/{companyId}/task/run', { params: { path: { companyId } } })),
    makesOld: [['task', companyId]],
    done: () => 'The task runs now.',
  })
}
