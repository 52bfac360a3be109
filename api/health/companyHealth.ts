import { devicesOnRoutes, oldestDue, recordOfChannels } from '../../db/health'
import { outboxBacklog } from '../../db/outbox'
import { currentSettings } from '../../db/settingsVersions'
import { taskQueue as routesTaskQueue } from '../../domain/routeWorkflow'
import { dateOf } from '../../domain/schedule/zonedTime'
import { channels, type Instant } from '../../domain/words'
import type { ApiParts } from '../apiParts'
import { readTask } from '../task/taskView'
import { pollsStill, queueState } from './lastPoll'

const minute = 60_000
const deadlineMs = 2_000
/** What waits for less is on its way. */
const patienceMs = { due: 2 * minute, outbox: minute, queue: 30_000, device: 60 * minute }
/** Of so many calls, this share may fail before somebody should look. */
const few = { calls: 5, share: 0.2 }

/** One thing that a company's messages depend on: whether it is well, and what it is or what to do. */
interface Part {
  ok: boolean
  text: string
  at?: string
}

const well = (text: string, at?: Instant | null): Part => ({ ok: true, text, ...moment(at) })
const unwell = (text: string, at?: Instant | null): Part => ({ ok: false, text, ...moment(at) })
const moment = (at?: Instant | null) => (at ? { at: new Date(at).toISOString() } : {})
const ago = (ms: number) =>
  ms < 2 * minute ? `${Math.round(ms / 1_000)} seconds` : `${Math.round(ms / minute)} minutes`

/** Everything that a company's messages depend on. `now` is the engine's clock; Temporal and the outbox go by the wall clock. */
export async function companyHealth(api: ApiParts, companyId: string, now: Instant) {
  const { settings } = await currentSettings(api.db, companyId)
  const [temporal, outbox, due, records, devices, task] = await Promise.all([
    temporalParts(api),
    outboxBacklog(api.db),
    oldestDue(api.db, companyId, now),
    recordOfChannels(api.db, companyId, now),
    devicesOnRoutes(api.db, companyId, dateOf(now, settings.timeZone)),
    readTask(api, companyId, now),
  ])
  const parts = {
    ...temporal,
    outbox: waiting(outbox.oldestAt, Date.now(), patienceMs.outbox, {
      none: 'Nothing waits for Temporal.',
      late: 'Requests have waited for Temporal for %; see whether it answers, and whether the API reaches it.',
    }),
    unsent: waiting(due, now, patienceMs.due, {
      none: 'No message is overdue.',
      late: 'A message has been due for %; see whether a worker runs, then run the task.',
    }),
    task: { ok: task.health === 'green', text: task.healthText },
  }
  const channelParts = channels.map((channel) => ({ channel, ...channelPart(api, channel, records) }))
  const deviceParts = devices.map((device) => ({ truckId: device.truckId, ...devicePart(device, now) }))
  const all: Part[] = [...Object.values(parts), ...channelParts, ...deviceParts]
  return { ok: all.every(({ ok }) => ok), parts, channels: channelParts, devices: deviceParts }
}

async function temporalParts({ temporal: { client, taskQueue = routesTaskQueue } }: ApiParts) {
  try {
    const { seenAt, backlog, oldestMs } = await client.connection.withDeadline(Date.now() + deadlineMs, () =>
      queueState(client, taskQueue),
    )
    return {
      workers: pollsStill(seenAt)
        ? well('A worker asks for work.', seenAt)
        : unwell('No worker has asked for work within the last minute; start one (npm run start:worker).', seenAt),
      queue:
        oldestMs <= patienceMs.queue
          ? well(`${backlog} tasks wait.`)
          : unwell(`${backlog} tasks wait, the oldest for ${ago(oldestMs)}; start more workers.`),
    }
  } catch {
    const away = unwell('Temporal does not answer; check TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and the server.')
    return { workers: away, queue: away }
  }
}

function waiting(
  since: Instant | null,
  now: Instant,
  patience: number,
  { none, late }: { none: string; late: string },
) {
  if (since === null) return well(none)
  const ms = now - since
  return ms <= patience ? well(none, since) : unwell(late.replace('%', ago(ms)), since)
}

function channelPart(
  { config }: ApiParts,
  channel: 'sms' | 'email',
  records: Awaited<ReturnType<typeof recordOfChannels>>,
): Part {
  const [configured, variables] =
    channel === 'sms' ? [config.twilio, 'Twilio’s'] : [config.smtp, 'SMTP_URL and MAIL_FROM']
  if (configured === null)
    return unwell(
      `This channel is not configured, so its messages are suppressed; set ${variables} variables and restart.`,
    )
  const record = records.find((each) => each.channel === channel)
  if (record === undefined) return well('Nothing was sent within the last hour.')
  const { calls, failed, lastAcceptedAt } = record
  const text = `${failed} of ${calls} calls of the last hour were not accepted`
  return calls < few.calls || failed / calls <= few.share
    ? well(`${text}.`, lastAcceptedAt)
    : unwell(`${text}; read the provider’s answers in the list of messages, and its status page.`, lastAcceptedAt)
}

function devicePart(
  { vendor, deviceLastEventAt }: { vendor: string; deviceLastEventAt: Instant | null },
  now: Instant,
): Part {
  const advice = `see whether ${vendor} sends its webhooks here, or unlink the device so that the driver reports`
  if (deviceLastEventAt === null) return unwell(`The device has never been heard of; ${advice}.`)
  const ms = Math.max(0, now - deviceLastEventAt)
  return ms <= patienceMs.device
    ? well(`The device was heard of ${ago(ms)} ago.`, deviceLastEventAt)
    : unwell(`The device has been silent for ${ago(ms)}; ${advice}.`, deviceLastEventAt)
}
