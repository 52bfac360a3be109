import { Drawer } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { Answered } from '../../parts/Answered'
import { MessageDetails } from './MessageDetails'

interface MessageDrawerProps {
  /** Null: closed. */
  id: string | null
  /** The message as the list has it, to be there at once. */
  known: Shown['Notification'] | undefined
  open: (id: string) => void
  close: () => void
}

/** One message beside the list, by its own address. Escape goes back to the row. */
export function MessageDrawer({ id, known, open, close }: MessageDrawerProps) {
  return (
    <Drawer
      opened={id !== null}
      onClose={close}
      position="right"
      size={520}
      title="Message"
      transitionProps={{ duration: 0 }}
    >
      {id !== null && <OneMessage id={id} known={known} open={open} />}
    </Drawer>
  )
}

function OneMessage({ id, known, open }: Pick<MessageDrawerProps, 'known' | 'open'> & { id: string }) {
  const { companyId } = useCompany()
  const message = useQuery({
    queryKey: ['notifications', companyId, 'one', id],
    queryFn: () =>
      answered(api.GET('/v1/companies/{companyId}/notifications/{id}', { params: { path: { companyId, id } } })),
    placeholderData: known,
  })
  return (
    <Answered query={message} what="the message">
      {(shown) => <MessageDetails message={shown} open={open} />}
    </Answered>
  )
}
