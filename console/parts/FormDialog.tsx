import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ComponentProps, FormEvent, ReactNode } from 'react'
import { Problem } from './Problem'

interface FormDialogProps {
  title: string
  /** What the button says that does it. */
  does: string
  /** What the button says that does not; Cancel unless there is nothing to cancel. */
  leaves?: string
  onClose: () => void
  onSubmit: (event?: FormEvent<HTMLFormElement>) => void
  pending: boolean
  /** Why the last try was refused; null for none. */
  error: unknown
  /** The paths whose problems stand at their fields. */
  shownElsewhere?: readonly string[]
  size?: ComponentProps<typeof Modal>['size']
  danger?: boolean
  children: ReactNode
}

/** A dialog that changes something: its fields or a warning, what the API has against it, a way out and the button that does it. */
export function FormDialog(props: FormDialogProps) {
  const {
    title,
    does,
    onClose,
    onSubmit,
    pending,
    error,
    shownElsewhere,
    size,
    danger = false,
    leaves = 'Cancel',
    children,
  } = props
  return (
    <Modal opened onClose={onClose} title={title} size={size ?? 'md'}>
      <form onSubmit={onSubmit} noValidate>
        <Stack gap="sm">
          {children}
          {error !== null && error !== undefined && (
            <Problem error={error} {...(shownElsewhere !== undefined && { shownElsewhere })} />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {leaves}
            </Button>
            <Button type="submit" loading={pending} {...(danger && { color: 'red' })}>
              {does}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
