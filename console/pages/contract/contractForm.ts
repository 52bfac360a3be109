import type { Shown } from '../../client/api'
import { fieldErrors } from '../../parts/fieldErrors'
import type { Contract } from './useContract'

/** A contract while somebody edits it: special fields as a list, so that a name may be half typed. */
export interface ContractFormValues {
  customer: { name: string }
  fields: { name: string; value: string }[]
  deliveryNotifications: Shown['DeliveryNotification'][]
}

export function formOf({ customer, fields, deliveryNotifications }: Contract): ContractFormValues {
  return {
    customer,
    fields: Object.entries(fields).map(([name, value]) => ({ name, value })),
    deliveryNotifications,
  }
}

/** What is sent. Only an email can be for when the text fails, whatever was ticked before. */
export function bodyOf({ customer, fields, deliveryNotifications }: ContractFormValues): Shown['ContractBody'] {
  return {
    customer,
    fields: Object.fromEntries(fields.map(({ name, value }) => [name.trim(), value])),
    deliveryNotifications: deliveryNotifications.map((row) => ({
      ...row,
      onlyIfTextFails: row.method === 'email' && row.onlyIfTextFails === true,
    })),
  }
}

/** Special fields that are named twice, of which only one would be kept. */
export function fieldsNamedTwice({ fields }: ContractFormValues): Record<string, string> {
  const names = fields.map(({ name }) => name.trim())
  return Object.fromEntries(
    names.flatMap((name, place) =>
      names.indexOf(name) < place ? [[`fields.${place}.name`, 'is the name of another field of this contract']] : [],
    ),
  )
}

/**
 * The API's problems by the inputs that they are about: it knows a special field by its name, and each event of a row by its
 * place.
 */
export function contractErrors(error: unknown, { fields }: ContractFormValues): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fieldErrors(error)).map(([path, message]) => {
      const place = fields.findIndex(({ name }) => path === `fields.${name.trim()}`)
      if (place !== -1) return [`fields.${place}.${message.includes('must have a name') ? 'name' : 'value'}`, message]
      return [path.replace(/^(deliveryNotifications\.\d+\.events)\.\d+$/, '$1'), message]
    }),
  )
}

/** The paths of the API's problems that stand at an input. */
export function pathsShown({ fields, deliveryNotifications }: ContractFormValues): string[] {
  return [
    'customer.name',
    ...fields.map(({ name }) => `fields.${name.trim()}`),
    ...deliveryNotifications.flatMap(({ events }, place) =>
      ['method', 'address', 'events', ...events.map((_, of) => `events.${of}`), 'onlyIfTextFails'].map(
        (input) => `deliveryNotifications.${place}.${input}`,
      ),
    ),
  ]
}
