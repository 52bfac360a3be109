import { ApiError } from '../client/apiError'

/**
 * The problems of a refused body by the field that they are about, for `form.setErrors`: the API names fields as
 * @mantine/form does (`events.confirmed.sms`, `stops.2.kind`). Several of one field are joined.
 */
export function fieldErrors(error: unknown): Record<string, string> {
  const errors: Record<string, string> = {}
  if (!(error instanceof ApiError)) return errors
  for (const { path, message } of error.problem.problems ?? [])
    errors[path] = errors[path] === undefined ? message : `${errors[path]}; ${message}`
  return errors
}
