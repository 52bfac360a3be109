import { z } from 'zod'
import { twilioErrorCodes } from './errors'

const common = {
  /** The To number it is for; every number when left out. */
  to: z.string().optional(),
  /** For how many requests it holds. Left out: always when `to` is given, once when not. */
  times: z.int().min(1).optional(),
  /** Which requests it meets: those that send (create) or those that list and fetch (read). */
  on: z.enum(['create', 'read']).default('create'),
}
/** Whether the text was taken all the same, which the caller cannot know. */
const accepted = z.boolean().default(false)

/** A fault of the stand-in, in-process and as the body of `POST /_stand-in/faults`. */
export const twilioFault = z.discriminatedUnion('kind', [
  /** 429 with Retry-After. */
  z.strictObject({ kind: z.literal('rate_limited'), retryAfterSeconds: z.int().min(0).default(1), ...common }),
  z.strictObject({ kind: z.literal('server_error'), status: z.literal([500, 503]).default(500), accepted, ...common }),
  /** Never answers. */
  z.strictObject({ kind: z.literal('hang'), accepted, ...common }),
  /** Takes the text, then closes the connection instead of answering. */
  z.strictObject({ kind: z.literal('drop_after_accept'), ...common }),
  /** Takes the text at once and answers late. */
  z.strictObject({ kind: z.literal('slow'), delayMs: z.int().min(0), ...common }),
  /** Refuses with one of Twilio's codes. */
  z.strictObject({ kind: z.literal('refuse'), code: z.literal(twilioErrorCodes), ...common }),
  /** Takes the text, then reports that it did not reach the handset. */
  z.strictObject({
    kind: z.literal('undelivered'),
    status: z.enum(['undelivered', 'failed']).default('undelivered'),
    errorCode: z.int().default(30003),
    ...common,
  }),
  /** Takes the text, which then stays queued and is never sent. */
  z.strictObject({ kind: z.literal('stuck'), ...common }),
])

export type TwilioFault = z.output<typeof twilioFault>
/** A fault as it is written, with defaults left out. */
export type TwilioFaultInput = z.input<typeof twilioFault>
