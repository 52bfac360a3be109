import { z } from 'zod'
import { isTimeZone } from '../../domain/schedule/zonedTime'

/** An id of the caller's own: of a company, route, stop, truck or contract. */
export const callersId = z
  .string()
  .regex(/^(?!\.{1,2}$)[A-Za-z0-9._-]{1,64}$/, 'must be 1 to 64 of A–Z a–z 0–9 . _ - (and not "." or "..")')
  .meta({ examples: ['R-1042'] })

/** A line of text that people read. */
export const text = (maximum: number) => z.string().trim().min(1, 'must not be empty').max(maximum)

const earliest = Date.UTC(2000, 0, 1)
const latest = Date.UTC(2100, 0, 1)

/** RFC 3339 with an offset, to an instant. */
export const instant = z.iso
  .datetime({ offset: true, error: 'must be an instant in RFC 3339 with an offset, such as 2026-12-02T13:00:00-06:00' })
  .transform((value) => Date.parse(value))
  .refine((value) => value >= earliest && value < latest, 'must be in the years 2000 to 2099')
  .meta({ type: 'string', format: 'date-time', examples: ['2026-12-02T13:00:00-06:00'] })

export const calendarDate = z.iso
  .date('must be a date that exists, as YYYY-MM-DD, such as 2026-12-02')
  .refine((value) => value >= '2000-01-01' && value <= '2099-12-31', 'must be in the years 2000 to 2099')
  .meta({ type: 'string', format: 'date', examples: ['2026-12-02'] })

export const timeZone = z
  .string()
  .refine(isTimeZone, 'must be an IANA time zone, such as America/Chicago')
  .meta({ examples: ['America/Chicago'] })

/** An instant as it is answered. */
export const instantOut = z.iso.datetime({ offset: true })

export const companyPath = z.object({ companyId: callersId })

/** An instant as the API writes it; nothing for null. */
export function isoOrNone(at: number | null | undefined): string | undefined {
  return at === null || at === undefined ? undefined : new Date(at).toISOString()
}
