import { z } from 'zod'
import { optedOut } from '../../db/consents'
import type { Contract } from '../../db/contracts'
import type { Database } from '../../db/sql'
import { recipientKey } from '../../domain/recipients'
import { channels, events } from '../../domain/words'
import type { Caller } from '../auth/caller'
import { callersId, instantOut, isoOrNone, text } from '../schemas/common'
import { masksFor } from '../schemas/masking'

const row = {
  method: z.enum(channels),
  address: z
    .string()
    .max(320)
    .meta({
      description: 'A phone number (without + it is one of the company’s country) or an email address.',
      examples: ['+15125550100'],
    }),
  events: z
    .array(z.enum(events))
    .max(events.length)
    .refine((list) => new Set(list).size === list.length, 'must name each event once')
    .meta({ description: 'What this address is told about.' }),
}

const deliveryNotification = z
  .strictObject({
    ...row,
    onlyIfTextFails: z.boolean().default(false).meta({ description: 'Of an email: used only when the text failed.' }),
  })
  .refine(({ method, onlyIfTextFails }) => method === 'email' || !onlyIfTextFails, {
    path: ['onlyIfTextFails'],
    message: 'must be false for method "sms"; only an email can stand in for a text',
  })
  .meta({ id: 'DeliveryNotification' })

const fieldName = z
  .string()
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,63}$/,
    'must have a name of 1 to 64 letters, digits and _ that does not begin with a digit',
  )

export const contractBody = z
  .strictObject({
    customer: z.strictObject({ name: text(200).meta({ description: '`customer.name` in messages.' }) }),
    fields: z
      .record(fieldName, z.string().max(1000))
      .default({})
      .refine((fields) => Object.keys(fields).length <= 100, 'must have at most 100 fields')
      .meta({ description: '`contract.fields.NAME` in messages.' }),
    deliveryNotifications: z
      .array(deliveryNotification)
      .max(50)
      .meta({ description: 'The only source of recipients.' }),
  })
  .meta({ id: 'ContractBody' })

export const contractSchema = z
  .strictObject({
    number: callersId,
    customer: z.strictObject({ name: z.string() }),
    fields: z.record(z.string(), z.string()),
    deliveryNotifications: z.array(z.strictObject({ ...row, onlyIfTextFails: z.boolean() })),
    optedOut: z.array(z.number().int()).meta({
      description:
        'The places, from 0, of the delivery notifications whose recipients have opted out and are told nothing.',
    }),
    updatedAt: instantOut,
  })
  .meta({ id: 'Contract' })

/** Contracts as the caller may see them, with who has opted out by now. */
export async function shownContracts(db: Database, companyId: string, contracts: Contract[], caller: Caller) {
  const named = contracts.flatMap(({ deliveryNotifications }) => deliveryNotifications)
  const recipients = named.map(({ method, address }) => ({ channel: method, address }))
  const gone = recipients.length === 0 ? new Set<string>() : await optedOut(db, companyId, recipients)
  return contracts.map((contract) => shownContract(contract, gone, caller))
}

function shownContract(contract: Contract, gone: Set<string>, caller: Caller): z.input<typeof contractSchema> {
  const show = masksFor(caller)
  return {
    number: contract.number,
    customer: { name: show.name(contract.customer.name) },
    fields: contract.fields,
    deliveryNotifications: contract.deliveryNotifications.map((entry) => ({
      ...entry,
      address: show.address(entry.address),
    })),
    optedOut: contract.deliveryNotifications.flatMap(({ method, address }, place) =>
      gone.has(recipientKey({ channel: method, address })) ? [place] : [],
    ),
    updatedAt: isoOrNone(contract.updatedAt) ?? '',
  }
}
