import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { Badge } from '../../parts/Badge'
import { Problem } from '../../parts/Problem'
import { count } from '../../parts/words'
import classes from './settings.module.css'

type Asked = Shown['PreviewBody']

/** What a template would say to the customer of a real stop, as it is being written. */
export function Preview({ label, asked }: { label: string; asked: Asked }) {
  const { companyId } = useCompany()
  // By its content: a new object of the same content must not begin the wait anew.
  const [settled] = useDebouncedValue(JSON.stringify(asked), 400)
  const { data, error } = useQuery({
    queryKey: ['settings-preview', companyId, settled],
    queryFn: () =>
      answered(
        api.POST('/v1/companies/{companyId}/settings/preview', {
          params: { path: { companyId } },
          body: JSON.parse(settled) as Asked,
        }),
      ),
    placeholderData: keepPreviousData,
    retry: false,
  })
  if (error !== null) return <Problem error={error} />
  if (data === undefined) return <div className={classes.preview} aria-busy="true" />
  const { text, subject, characters, segments, encoding, shortened, problems } = data
  return (
    <section className={classes.preview} aria-label={label}>
      {subject !== undefined && <p className={classes.subject}>{subject}</p>}
      {problems.length === 0 && <p className={classes.message}>{text === '' ? 'It comes to nothing.' : text}</p>}
      {problems.map(({ message }) => (
        <p key={message} className={classes.problem}>
          {message}
        </p>
      ))}
      {problems.length === 0 && (
        <p className={classes.measure}>
          {asked.characterLimit === undefined
            ? count(characters, 'character')
            : `${characters} of ${count(asked.characterLimit, 'character')}`}
          {encoding !== null && ` · ${count(segments, 'segment')} · ${encoding}`}
          {shortened && <Badge tone="warning">shortened to the limit</Badge>}
        </p>
      )}
    </section>
  )
}
