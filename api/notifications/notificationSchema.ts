import { z } from 'zod'
import type { NotificationView } from '../../db/notifications'
import { attemptOutcomes } from '../../domain/facts'
import { segmentsOf } from '../../domain/templates/renderMessage'
import { channels, events, notificationStatuses } from '../../domain/words'
import type { Caller } from '../auth/caller'
import { instantOut, isoOrNone } from '../schemas/common'
import { masksFor } from '../schemas/masking'

const attempt = z.strictObject({
  at: instantOut,
  outcome: z.enum([...attemptOutcomes, 'running']).meta({ description: '`running` until its outcome is known.' }),
  code: z.string().optional(),
  message: z.string().optional(),
})

export const notificationSchema = z
  .strictObject({
    id: z.uuid(),
    routeId: z.string(),
    stopId: z.string().nullable().meta({ description: 'Null for an internal message about the whole route.' }),
    event: z.enum(events),
    channel: z.enum(channels),
    recipient: z.string().meta({ description: '`erased` after `erasedAt`.' }),
    contractNumbers: z.array(z.string()),
    status: z.enum(notificationStatuses),
    reason: z.string().optional(),
    reasonText: z.string().optional(),
    plannedAt: instantOut.optional(),
    sentAt: instantOut.optional(),
    deliveredAt: instantOut.optional(),
    subject: z.string().optional(),
    text: z.string().optional(),
    shortened: z.boolean(),
    segments: z.number().int().optional().meta({ description: 'Of a text message, once it has its text.' }),
    encoding: z.enum(['GSM-7', 'UCS-2']).optional().meta({ description: 'Likewise.' }),
    providerId: z.string().optional(),
    erasedAt: instantOut.optional().meta({ description: 'When its recipient and text were erased.' }),
    successorId: z
      .uuid()
      .optional()
      .meta({ description: 'What was planned to the same recipient after it: only the latest can be sent again.' }),
    attempts: z.array(attempt),
  })
  .meta({ id: 'Notification' })

/** A notification as the caller may see it: recipients and texts masked for viewers and drivers. */
export function shownNotification(view: NotificationView, caller: Caller): z.input<typeof notificationSchema> {
  const show = masksFor(caller)
  const { id, routeId, stopId, event, channel, contractNumbers, status, shortened } = view
  return {
    id,
    routeId,
    stopId,
    event,
    channel,
    recipient: view.erasedAt === null ? show.address(view.recipient) : view.recipient,
    contractNumbers,
    status,
    ...present('reason', view.reason),
    ...present('reasonText', view.reasonText),
    ...present('plannedAt', isoOrNone(view.plannedAt)),
    ...present('sentAt', isoOrNone(view.sentAt)),
    ...present('deliveredAt', isoOrNone(view.deliveredAt)),
    ...present('subject', view.subject === null ? null : show.text(view.subject)),
    ...present('text', view.text === null ? null : show.text(view.text)),
    shortened,
    ...(channel === 'sms' && view.text !== null && view.erasedAt === null && segmentsOf(view.text)),
    ...present('providerId', view.providerId),
    ...present('erasedAt', isoOrNone(view.erasedAt)),
    ...present('successorId', view.successorId),
    attempts: view.attempts.map(({ at, outcome, code, message }) => ({
      at: isoOrNone(at) ?? '',
      outcome: outcome ?? 'running',
      ...present('code', code),
      // A provider's sentence may quote the number that it refused.
      ...present('message', message === null ? null : show.text(message)),
    })),
  }
}

/** A field that is left out when there is nothing to say. */
function present<Name extends string>(name: Name, value: string | null | undefined) {
  return (value === null || value === undefined ? {} : { [name]: value }) as { [Key in Name]?: string }
}
