import { Anchor, Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useCompany } from '../../app/company'
import { answered, api } from '../../client/api'
import { ApiError } from '../../client/apiError'
import { fieldErrors } from '../../parts/fieldErrors'
import { Problem } from '../../parts/Problem'
import { EffectView } from './EffectView'
import classes from './settings.module.css'
import type { SavedSettings } from './settingsDocument'
import { useBase, useSettingsForm } from './settingsForm'
import { fieldName } from './settingsWords'
import { useEffectOf } from './useEffectOf'

interface ActionBarProps {
  dirty: boolean
  goTo: (path: string) => void
  saved: (next: SavedSettings) => void
  cancelled: () => void
}

/** OK and Cancel, and before them what OK would do, or what is in its way. */
export function ActionBar({ dirty, goTo, saved, cancelled }: ActionBarProps) {
  const { companyId } = useCompany()
  const queries = useQueryClient()
  const form = useSettingsForm()
  const { version } = useBase()
  const [settled] = useDebouncedValue(form.values, 500)
  const effect = useEffectOf(dirty && settled === form.values ? settled : null)
  const unknown = dirty && (settled !== form.values || effect.isFetching)

  const refused = effect.error
  const { setErrors } = form
  useEffect(() => {
    if (refused !== null) setErrors(fieldErrors(refused))
  }, [refused, setErrors])

  const save = useMutation({
    mutationFn: () =>
      answered(
        api.PUT('/v1/companies/{companyId}/settings', {
          params: { path: { companyId } },
          headers: { 'If-Match': `"${version}"` },
          body: form.values,
        }),
      ),
    onSuccess: saved,
    onError(error) {
      const errors = fieldErrors(error)
      setErrors(errors)
      const [first] = Object.keys(errors)
      if (first !== undefined) goTo(first)
      if (isOvertaken(error)) void queries.invalidateQueries({ queryKey: ['settings', companyId] })
    },
  })
  const problems = Object.keys(form.errors)
  const failure = [save.error, effect.error].find((error) => error !== null && !isShownElsewhere(error))
  return (
    <div className={classes.bar} data-no-print>
      <div className={classes.outlook}>
        {failure !== undefined && <Problem error={failure} />}
        {problems.length > 0 && (
          <p role="alert" className={classes.problem}>
            {problems.length === 1 ? 'One field needs' : `${problems.length} fields need`} attention:{' '}
            {problems.map((path, index) => (
              <span key={path}>
                {index > 0 && ', '}
                <Anchor component="button" type="button" inherit onClick={() => goTo(path)}>
                  {fieldName(path)}
                </Anchor>
              </span>
            ))}
          </p>
        )}
        {problems.length === 0 && dirty && unknown && (
          <p role="status" className={classes.effect}>
            Working out what would change …
          </p>
        )}
        {problems.length === 0 && dirty && !unknown && effect.data !== undefined && <EffectView effect={effect.data} />}
        {!dirty && <p className={classes.about}>Nothing has been changed.</p>}
      </div>
      <div className={classes.buttons}>
        <Button
          disabled={!dirty || (unknown && problems.length === 0)}
          loading={save.isPending}
          onClick={() => save.mutate()}
        >
          OK
        </Button>
        <Button
          variant="default"
          disabled={!dirty}
          onClick={() => {
            save.reset()
            cancelled()
          }}
        >
          Cancel
        </Button>
      </div>
    </div>
  )
}

function isOvertaken(error: unknown): boolean {
  return error instanceof ApiError && error.problem.status === 412
}

/** Problems of fields are at the fields; that somebody else has saved is said at the top of the page. */
function isShownElsewhere(error: Error): boolean {
  return isOvertaken(error) || Object.keys(fieldErrors(error)).length > 0
}
