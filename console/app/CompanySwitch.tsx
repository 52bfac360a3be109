import { Menu, Text, UnstyledButton } from '@mantine/core'
import { useLocation } from 'wouter'
import { useCompanies } from '../client/companies'
import classes from './CompanySwitch.module.css'
import { useCompany } from './company'

/** Whose pages these are, and a way to another company's. */
export function CompanySwitch() {
  const { companyId, name } = useCompany()
  const { data: companies = [] } = useCompanies()
  const [, navigate] = useLocation()
  if (companies.length < 2)
    return (
      <Text className={classes.name} truncate>
        {name}
      </Text>
    )
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <UnstyledButton className={classes.name}>
          {name}
          <span aria-hidden="true" className={classes.arrow}>
            ▾
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
        <Menu.Label>Companies</Menu.Label>
        {companies.map((company) => (
          <Menu.Item
            key={company.companyId}
            aria-current={company.companyId === companyId || undefined}
            fw={company.companyId === companyId ? 620 : undefined}
            onClick={() => navigate(`~/companies/${company.companyId}/routes`)}
          >
            {company.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
