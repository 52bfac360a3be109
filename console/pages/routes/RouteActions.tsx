import { ActionIcon, Button, Group, Menu } from '@mantine/core'
import { useState } from 'react'
import { useCompany } from '../../app/company'
import { ChangeDialog } from './ChangeDialog'
import { ConfirmDialog } from './ConfirmDialog'
import type { DayRoute } from './useDay'
import type { RouteChange } from './useRouteChange'

/** What may be done with a route as it stands; for those who may change things. */
export function RouteActions({ route }: { route: DayRoute }) {
  const { mayChange } = useCompany()
  const [asked, setAsked] = useState<RouteChange | null>(null)
  const possible = possibleChanges(route)
  if (!mayChange || possible.length === 0) return <span />
  const close = () => setAsked(null)
  return (
    <Group gap={4} wrap="nowrap" justify="flex-end" data-no-print>
      {possible.includes('confirm') && (
        <Button size="compact-sm" onClick={() => setAsked('confirm')} aria-label={`Confirm route ${route.name}`}>
          Confirm …
        </Button>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`More for route ${route.name}`}>
            ⋯
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {possible.includes('unconfirm') && <Menu.Item onClick={() => setAsked('unconfirm')}>Un-confirm …</Menu.Item>}
          <Menu.Item onClick={() => setAsked('cancel')}>Cancel the route …</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {asked === 'confirm' && <ConfirmDialog route={route} close={close} />}
      {(asked === 'unconfirm' || asked === 'cancel') && <ChangeDialog route={route} change={asked} close={close} />}
    </Group>
  )
}

function possibleChanges({ status }: DayRoute): RouteChange[] {
  if (status === 'planned') return ['confirm', 'cancel']
  if (status === 'confirmed') return ['unconfirm', 'cancel']
  return status === 'in_progress' ? ['cancel'] : []
}
