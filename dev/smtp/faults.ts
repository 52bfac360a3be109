import { z } from 'zod'

const common = {
  /** The recipient it is for; everybody when left out. */
  to: z.string().toLowerCase().optional(),
  /** For how many mails (or connections) it holds. Left out: always when `to` is given, once when not. */
  times: z.int().min(1).optional(),
}

/** A fault of the stand-in, in-process and as the body of `POST /_stand-in/faults`. */
export const smtpFault = z.discriminatedUnion('kind', [
  /** 421 instead of a greeting, before anybody knows the recipient. */
  z.strictObject({ kind: z.literal('refuse_connection'), times: common.times }),
  /** Refuses the recipient at RCPT TO. */
  z.strictObject({ kind: z.literal('refuse_recipient'), code: z.literal([450, 550]).default(550), ...common }),
  /** Refuses the mail after DATA. */
  z.strictObject({ kind: z.literal('refuse_data'), code: z.literal([451, 554]).default(554), ...common }),
  /** Takes the mail, then closes the connection instead of answering. */
  z.strictObject({ kind: z.literal('drop_after_data'), ...common }),
  /** Takes the mail and never answers. */
  z.strictObject({ kind: z.literal('silent_after_data'), ...common }),
])

export type SmtpFault = z.output<typeof smtpFault>
/** A fault as it is written, with defaults left out. */
export type SmtpFaultInput = z.input<typeof smtpFault>
