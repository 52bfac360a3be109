import { Button, Menu } from '@mantine/core'
import { useState } from 'react'
import type { Shown } from '../../client/api'
import { LinkDialog, RemoveDialog, SignOutDialog } from './managing'
import { OperatorDialog } from './OperatorDialog'

const dialogs = {
  'Change …': OperatorDialog,
  'New password link …': LinkDialog,
  'Sign out everywhere …': SignOutDialog,
  'Remove …': RemoveDialog,
}

/** What can be done about one operator. */
export function ManageMenu({ operator }: { operator: Shown['Operator'] }) {
  const [opened, setOpened] = useState<keyof typeof dialogs | null>(null)
  const Dialog = opened === null ? null : dialogs[opened]
  return (
    <div>
      <Menu position="bottom-end" width={220}>
        <Menu.Target>
          <Button variant="default" size="compact-sm" aria-label={`Manage ${operator.name}`}>
            Manage
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {(Object.keys(dialogs) as (keyof typeof dialogs)[]).map((name) => (
            <Menu.Item
              key={name}
              {...(name === 'Remove …' && { c: 'var(--mantine-color-error)' })}
              onClick={() => setOpened(name)}
            >
              {name}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {Dialog !== null && <Dialog operator={operator} onClose={() => setOpened(null)} />}
    </div>
  )
}
