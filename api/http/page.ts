import { z } from 'zod'

/** The query of every list. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^\d{1,6}$/, 'must be a whole number, 1 to 200')
    .transform(Number)
    .refine((limit) => limit >= 1 && limit <= 200, 'must be 1 to 200')
    .default(50)
    .meta({ type: 'integer', minimum: 1, maximum: 200, default: 50, description: 'How many items a page has.' }),
  cursor: z.string().max(1000).optional().meta({ description: '`nextCursor` of the page before.' }),
}

/** A page of a list as it is answered. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    items: z.array(item),
    nextCursor: z.string().nullable().meta({ description: '`cursor` of the next page; null after the last.' }),
  })
}
