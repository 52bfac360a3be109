import { Menu } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api } from '../../client/api'
import classes from './settings.module.css'

/** The special fields in an open menu, each with what it shows; typing the beginning of one goes to it. */
export function FieldItems({ insert }: { insert: (field: string) => void }) {
  const { companyId } = useCompany()
  const { data } = useQuery({
    queryKey: ['special-fields', companyId],
    queryFn: () =>
      answered(api.GET('/v1/companies/{companyId}/settings/special-fields', { params: { path: { companyId } } })),
  })
  return (
    <Menu.Dropdown aria-label="Special fields" className={classes.items}>
      {data?.items.map(({ field, description, example }) => (
        <Menu.Item key={field} title={description} onClick={() => insert(field)}>
          <span className={classes.field}>{field}</span>
          <span className={classes.fieldAbout}>{example ?? description}</span>
        </Menu.Item>
      ))}
    </Menu.Dropdown>
  )
}
