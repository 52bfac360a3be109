import { z } from 'zod'
import { channels, events } from '../../domain/words'
import { consentSchema } from '../consents/consentEndpoints'
import { notificationSchema } from '../notifications/notificationSchema'
import { instantOut } from '../schemas/common'

const person = z.strictObject({ method: z.enum(channels), address: z.string(), events: z.array(z.enum(events)) })

export const exportSchema = z
  .strictObject({
    channel: z.enum(channels),
    address: z.string(),
    exportedAt: instantOut,
    contracts: z
      .array(
        z.strictObject({
          number: z.string(),
          customer: z.strictObject({ name: z.string() }),
          fields: z.record(z.string(), z.string()),
          deliveryNotifications: z.array(person.extend({ onlyIfTextFails: z.boolean() })),
        }),
      )
      .meta({ description: 'Those that name the address, with the delivery notifications that do.' }),
    notifications: z.array(notificationSchema),
    consents: z
      .array(consentSchema)
      .meta({ description: 'The oldest first; STOP and START of every company included.' }),
    internalRecipients: z
      .array(person)
      .meta({ description: 'Where the settings name the address as one of the company’s people.' }),
  })
  .meta({ id: 'PersonalDataExport' })

export const erasureSchema = z
  .strictObject({
    contracts: z.array(z.string()).meta({ description: 'The contracts that named the address.' }),
    notifications: z.number().int().meta({ description: 'How many were erased.' }),
    underWay: z
      .number()
      .int()
      .meta({ description: 'How many could not be: they are being sent or looked up. Erase again in 15 minutes.' }),
    optedOut: z.boolean().meta({ description: 'Whether the address has opted out, which stays so.' }),
  })
  .meta({ id: 'PersonalDataErasure' })
