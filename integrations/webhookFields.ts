import { z } from 'zod'

/** Text that a database can hold and an index can find. */
export const word = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[^\0\p{Surrogate}]*$/u)

/** An id, which some vendors write as a number. */
export const identifier = z.union([word, z.number().int().transform(String)])

const earliest = Date.UTC(2000, 0, 1)
const latest = Date.UTC(2100, 0, 1)

/** An RFC 3339 moment as an instant. Far-off years are refused: they are how systems write that they do not know. */
export const moment = z.iso
  .datetime({ offset: true })
  .transform((value) => Date.parse(value))
  .refine((value) => value >= earliest && value < latest, 'is not a moment of this century')

/** What the body says, if it is JSON. Text that is not is `undefined`, which JSON cannot say. */
export function readJson(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'))
  } catch {
    return undefined
  }
}

/** The first things that are wrong with a body, by their place. Never what was sent, since it goes into a log. */
export function whyNotUnderstood(error: z.ZodError): string {
  const described = error.issues.slice(0, 3).map(({ path, message }) => `${path.join('.') || 'the body'}: ${message}`)
  return described.join('; ')
}
