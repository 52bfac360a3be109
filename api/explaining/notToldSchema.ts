import { z } from 'zod'
import { events } from '../../domain/words'

/** Fields of an entry of every list of customers who could not be told. */
export const notToldFields = {
  stopId: z.string(),
  contractNumber: z.string(),
  event: z.enum(events),
  reason: z.string().meta({
    description:
      '`no_delivery_notification`, `unknown`, or the reason of the last notification that was suppressed or failed.',
  }),
  reasonText: z.string(),
}
