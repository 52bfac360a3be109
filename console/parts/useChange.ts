import { notifications } from '@mantine/notifications'
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query'

interface Change<Input, Output> {
  change: (input: Input) => Promise<Output>
  /** Keys of the reads that it makes old, as far as they go: `['trucks', companyId]` is all reads of trucks. */
  makesOld: readonly QueryKey[]
  /** What to say when it is done: “The truck is saved.” */
  done?: (output: Output, input: Input) => string
}

/** A change through the API: once it is made, what it makes old is read again, and people hear that it is done. */
export function useChange<Input, Output>({ change, makesOld, done }: Change<Input, Output>) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: async (output, input) => {
      if (done !== undefined) notifications.show({ message: done(output, input) })
      await Promise.all(makesOld.map((queryKey) => queries.invalidateQueries({ queryKey })))
    },
  })
}
