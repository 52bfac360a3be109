import { useQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { Answered } from '../../parts/Answered'
import { Badge } from '../../parts/Badge'
import { Facts } from '../../parts/Facts'
import { Moment } from '../../parts/Moment'
import { PageHead } from '../../parts/PageHead'
import { TextWithMoments } from '../../parts/TextWithMoments'

const names = {
  workers: 'Workers',
  queue: 'Queue backlog',
  outbox: 'Waiting for Temporal',
  unsent: 'Oldest unsent message',
  task: 'Task',
} as const
const channelNames = { sms: 'Text messages', email: 'Email' } as const

/** Whether all that the company's messages depend on is well, and what to do about what is not. */
export default function HealthPage() {
  const { companyId } = useCompany()
  const health = useQuery({
    queryKey: ['health', companyId],
    queryFn: () => answered(api.GET('/v1/companies/{companyId}/health', { params: { path: { companyId } } })),
    refetchInterval: 15_000,
  })
  return (
    <>
      <PageHead title="Health" about={health.data && <Overall ok={health.data.ok} />} />
      <Answered query={health} what="the health">
        {({ parts, channels, devices }) => (
          <Facts
            of={{
              ...Object.fromEntries(
                Object.entries(names).map(([name, title]) => [
                  title,
                  <Part key={name} {...parts[name as keyof typeof names]} />,
                ]),
              ),
              ...Object.fromEntries(
                channels.map(({ channel, ...part }) => [channelNames[channel], <Part key={channel} {...part} />]),
              ),
              ...Object.fromEntries(
                devices.map(({ truckId, ...part }) => [`GPS of truck ${truckId}`, <Part key={truckId} {...part} />]),
              ),
              ...(devices.length === 0 && { 'GPS feed': 'No truck with a device is on a live route today.' }),
            }}
          />
        )}
      </Answered>
    </>
  )
}

function Overall({ ok }: { ok: boolean }) {
  return <span role="status">{ok ? 'All is well.' : 'Something needs attention.'}</span>
}

function Part({ ok, text, at }: Shown['HealthPart']) {
  return (
    <>
      <Badge tone={ok ? 'good' : 'bad'} symbol={ok ? '✓' : '!'}>
        {ok ? 'Well' : 'Not well'}
      </Badge>{' '}
      <TextWithMoments text={text} /> {at !== undefined && <Moment at={at} relative />}
    </>
  )
}
