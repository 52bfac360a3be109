import { z } from 'zod'
import { normaliseEmail } from '../../domain/addresses/emailAddress'

/** The address by which an operator signs in, in lower case. */
export const emailAddress = z
  .string()
  .refine((raw) => 'email' in normaliseEmail(raw), 'must be one bare email address, such as joe@example.com')
  .transform((raw) => raw.trim().toLowerCase())
  .meta({ type: 'string', format: 'email', examples: ['joe@example.com'] })
