import { z } from 'zod'
import type { SettingsChange } from '../../db/settingsDocument'
import type { InternalRecipient, Settings } from '../../domain/settings'
import { settingsSchema } from '../../domain/settingsSchema'
import { templateWarnings } from '../../domain/templates/settingsTemplates'
import type { Caller } from '../auth/caller'
import type { Answer } from '../http/endpoint'
import { masksFor } from '../schemas/masking'
import { etagOf } from './etag'

/** The document as it is asked for; which country it is for changes only how phone numbers are read. */
export const documentedSettings = settingsSchema({ country: 'US' }).meta({ id: 'SettingsBody' })

const message = z.strictObject({ path: z.string(), message: z.string() })

export const settingsAnswerSchema = z
  .strictObject({
    version: z.number().int().meta({ description: '0 until settings are saved for the first time.' }),
    settings: documentedSettings,
    warnings: z.array(message).meta({ description: 'What may be saved but will disappoint.' }),
  })
  .meta({ id: 'Settings' })

export const settingsHeaders = { ETag: 'The version, for `If-Match`.' }

/** The current settings, with what will disappoint in them; without addresses for whoever must not see them. */
export function settingsAnswer(version: number, settings: Settings, caller: Caller): Answer {
  const internalRecipients = shownRecipients(settings.internalRecipients, caller)
  return {
    status: 200,
    headers: { ETag: etagOf(version) },
    body: { version, settings: { ...settings, internalRecipients }, warnings: templateWarnings(settings) },
  }
}

/** A change of the settings as the caller may see it. A list is one field, so that of the recipients comes whole. */
export function shownChange({ path, from, to }: SettingsChange, caller: Caller): SettingsChange {
  const shown = (value: unknown) => (Array.isArray(value) ? shownRecipients(value, caller) : value)
  return path === 'internalRecipients' ? { path, from: shown(from), to: shown(to) } : { path, from, to }
}

function shownRecipients(recipients: InternalRecipient[], caller: Caller): InternalRecipient[] {
  const show = masksFor(caller)
  return recipients.map((recipient) => ({ ...recipient, address: show.address(recipient.address) }))
}
