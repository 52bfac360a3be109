import { z } from 'zod'

const common = {
  /** For how many requests it holds; one when left out. */
  times: z.int().min(1).optional(),
  /** Which requests it meets. */
  on: z.enum(['create', 'update', 'delete', 'read']).default('create'),
}
/** Whether the request was carried out all the same, which the caller cannot know. */
const accepted = z.boolean().default(false)

/** A fault of the stand-in, in-process and as the body of `POST /_stand-in/faults`. */
export const samsaraFault = z.discriminatedUnion('kind', [
  /** 429 with Retry-After, in fractions of a second as Samsara writes it. */
  z.strictObject({ kind: z.literal('rate_limited'), retryAfterSeconds: z.number().min(0).default(0.40235), ...common }),
  z.strictObject({
    kind: z.literal('server_error'),
    status: z.literal([500, 502, 503]).default(500),
    accepted,
    ...common,
  }),
  /** Never answers. */
  z.strictObject({ kind: z.literal('hang'), accepted, ...common }),
  /** Carries it out, then closes the connection instead of answering. */
  z.strictObject({ kind: z.literal('drop_after_accept'), ...common }),
  z.strictObject({ kind: z.literal('refuse'), status: z.int().min(400).max(499), message: z.string(), ...common }),
])

export type SamsaraFault = z.output<typeof samsaraFault>
/** A fault as it is written, with defaults left out. */
export type SamsaraFaultInput = z.input<typeof samsaraFault>

/** Whether the request is carried out although it meets this fault. */
export function isCarriedOut(fault: SamsaraFault | undefined): boolean {
  return fault === undefined || fault.kind === 'drop_after_accept' || ('accepted' in fault && fault.accepted)
}
