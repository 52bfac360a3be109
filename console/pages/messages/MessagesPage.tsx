import { Button } from '@mantine/core'
import { Link, useSearchParams } from 'wouter'
import { useCompany } from '../../app/company'
import type { Shown } from '../../client/api'
import { Empty } from '../../parts/Empty'
import { KeysetTable } from '../../parts/KeysetTable'
import { Moment } from '../../parts/Moment'
import { PageHead } from '../../parts/PageHead'
import { StatusBadge } from '../../parts/StatusBadge'
import { channelWords, eventWords } from '../../parts/words'
import { Filters } from './Filters'
import { MessageDrawer } from './MessageDrawer'
import { csvAddress, readFilter, withParam } from './messageFilter'
import { NewsBar } from './NewsBar'
import { useMessages } from './useMessages'

type Message = Shown['Notification']

/** Who was told what, when: every message of the company, to be searched and looked into. */
export default function MessagesPage() {
  const { companyId } = useCompany()
  const [params, setParams] = useSearchParams()
  const filter = readFilter(params)
  const { list, setSeen, shown, added, gone, showNews } = useMessages(filter)
  const openId = params.get('message')
  const set = (name: string, value: string | null) => setParams((now) => withParam(now, name, value), { replace: true })
  return (
    <>
      <PageHead title="Messages" about="The latest first, by the moment for which they are planned">
        <Button component="a" variant="default" href={csvAddress(companyId, filter)} download="messages.csv">
          Download as CSV
        </Button>
      </PageHead>
      <Filters filter={filter} set={set} clear={() => setParams({}, { replace: true })} />
      <NewsBar added={added} gone={gone} show={showNews} />
      <KeysetTable
        what={['message', 'messages']}
        query={list}
        keyOf={({ id }) => id}
        columns={columns}
        open={({ id }) => setParams((now) => withParam(now, 'message', id))}
        onWindow={(first, end) => setSeen((was) => (was.first === first && was.end === end ? was : { first, end }))}
        empty={<NothingFound isFiltered={Object.keys(filter).length > 0} />}
      />
      <MessageDrawer
        id={openId}
        known={shown.find(({ id }) => id === openId)}
        open={(id) => set('message', id)}
        close={() => set('message', null)}
      />
    </>
  )
}

const columns = [
  {
    header: 'Planned',
    width: '16%',
    cell: ({ plannedAt }: Message) => (plannedAt === undefined ? '–' : <Moment at={plannedAt} />),
  },
  { header: 'Recipient', width: '20%', cell: ({ recipient }: Message) => recipient },
  {
    header: 'About',
    width: '15%',
    cell: ({ event, channel }: Message) => `${eventWords[event]}, ${channelWords[channel].toLowerCase()}`,
  },
  {
    header: 'Contract',
    width: '13%',
    cell: ({ contractNumbers }: Message) => (contractNumbers.length === 0 ? '–' : contractNumbers.join(', ')),
  },
  {
    header: 'Route, stop',
    width: '14%',
    cell: ({ routeId, stopId }: Message) => (stopId === null ? routeId : `${routeId}, ${stopId}`),
  },
  {
    header: 'Status',
    width: '22%',
    cell: ({ status, reason }: Message) => <StatusBadge status={status} reason={reason} />,
  },
]

function NothingFound({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <Empty title="No message fits this search">Take a filter away, or look at another day.</Empty>
  return (
    <Empty title="There is no message yet">
      Messages are planned when a <Link href="/routes">route</Link> is confirmed.
    </Empty>
  )
}
