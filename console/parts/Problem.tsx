import { Alert, Text } from '@mantine/core'
import { ApiError } from '../client/apiError'
import classes from './Problem.module.css'

/**
 * What went wrong, as the API says it. A form shows the problems of its fields at the fields (`fieldErrors`) and names in
 * `shownElsewhere` those that it has, so that none is said twice and none is lost.
 */
export function Problem({ error, shownElsewhere = [] }: { error: unknown; shownElsewhere?: readonly string[] }) {
  if (!(error instanceof ApiError))
    return (
      <Alert color="red" role="alert" title="Something went wrong on this page">
        {error instanceof Error ? error.message : String(error)}
      </Alert>
    )
  const { title, detail, problems = [] } = error.problem
  const rest = problems.filter(({ path }) => !shownElsewhere.includes(path))
  return (
    <Alert color="red" role="alert" title={title} className={classes.problem}>
      {problems.length === 0 && <p>{detail}</p>}
      {rest.length > 0 && (
        <ul className={classes.list}>
          {rest.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              <b>{path.replace(/^(query|path)\./, '')}</b> {message}
            </li>
          ))}
        </ul>
      )}
      {problems.length > 0 && rest.length === 0 && <p>See the fields that are marked.</p>}
      {error.requestId !== null && (
        <Text size="xs" c="dimmed" mt={4}>
          Request {error.requestId}
        </Text>
      )}
    </Alert>
  )
}
