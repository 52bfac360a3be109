import { Button, Group, Modal } from '@mantine/core'
import { useEffect, useState } from 'react'
import { askBeforeLeaving } from './leaving'

/** While `when` holds, leaving the page (a link, the browser's way back, closing the tab) asks first. */
export function LeaveGuard({ when, what }: { when: boolean; what: string }) {
  const [leave, setLeave] = useState<(() => void) | null>(null)
  const [leaving, setLeaving] = useState(false)
  const guards = when && !leaving
  useEffect(() => (guards ? askBeforeLeaving((go) => setLeave(() => go)) : undefined), [guards])
  // The guard is down by the time at which the effect runs.
  useEffect(() => {
    if (leaving) leave?.()
  }, [leaving, leave])
  const stay = () => setLeave(null)
  return (
    <Modal opened={leave !== null && !leaving} onClose={stay} title="Leave without saving?">
      <p>{what}</p>
      <Group mt="md" justify="flex-end">
        <Button variant="default" onClick={() => setLeaving(true)}>
          Leave without saving
        </Button>
        <Button onClick={stay} data-autofocus>
          Stay
        </Button>
      </Group>
    </Modal>
  )
}
