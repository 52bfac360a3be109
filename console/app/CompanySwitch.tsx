import { Text } from '@mantine/core'
import { useCompany } from './company'

/** Whose pages these are, and a way to another company's. */
export function CompanySwitch() {
  const { name } = useCompany()
  return (
    <Text fw={620} truncate>
      {name}
    </Text>
  )
}
