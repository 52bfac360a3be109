import { z } from 'zod'
import { normaliseAddress } from '../../domain/addresses/normaliseAddress'
import type { Problem } from '../../domain/errors'
import { channels } from '../../domain/words'

const readable = z.object({ method: z.enum(channels), address: z.string().max(320) })

/** Which addresses of an unchecked contract are impossible, in the company's country; other faults are the schema's. */
export function addressProblems(body: unknown, country: string): Problem[] {
  const list = z.object({ deliveryNotifications: z.array(z.unknown()).max(50) }).safeParse(body)
  if (!list.success) return []
  return list.data.deliveryNotifications.flatMap((entry, index) => {
    const row = readable.safeParse(entry)
    if (!row.success) return []
    const result = normaliseAddress(row.data.method, row.data.address, country)
    return 'problem' in result ? [{ path: `deliveryNotifications.${index}.address`, message: result.problem }] : []
  })
}

/** An address that `addressProblems` has let through, as it is stored. */
export function storedAddress(method: 'sms' | 'email', address: string, country: string): string {
  const result = normaliseAddress(method, address, country)
  if ('problem' in result) throw new Error('An address was not checked before it was to be stored.')
  return result.address
}
