import { ActionIcon, Menu, useMantineColorScheme } from '@mantine/core'
import { useSignOut } from '../client/session'
import { useCompany } from './company'

/** Who is signed in; how the console looks; the way out. */
export function OperatorMenu() {
  const { operator } = useCompany()
  const signOut = useSignOut()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const schemes = { light: 'Light', dark: 'Dark', auto: 'As the system has it' } as const
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon variant="default" radius="xl" size={30} aria-label={`${operator.name}: account and appearance`}>
          <svg viewBox="0 0 20 20" width="16" height="16" fill="currentColor" aria-hidden="true">
            <circle cx="10" cy="6.5" r="3.5" />
            <path d="M3 17.5c0-4 3-6 7-6s7 2 7 6z" />
          </svg>
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {operator.name}
          <div>{operator.email}</div>
          <div>Role {operator.role}</div>
        </Menu.Label>
        <Menu.Divider />
        <Menu.RadioGroup value={colorScheme} onChange={(scheme) => setColorScheme(scheme as typeof colorScheme)}>
          {Object.entries(schemes).map(([scheme, name]) => (
            <Menu.RadioItem key={scheme} value={scheme}>
              {name}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Divider />
        <Menu.Item component="a" href="/docs" target="_blank">
          API documentation
        </Menu.Item>
        <Menu.Item onClick={() => signOut.mutate({ everywhere: false })}>Sign out</Menu.Item>
        <Menu.Item onClick={() => signOut.mutate({ everywhere: true })}>Sign out everywhere</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
