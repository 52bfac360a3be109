import { z } from 'zod'
import type { Settings } from '../../domain/settings'
import { settingsSchema } from '../../domain/settingsSchema'
import { templateWarnings } from '../../domain/templates/settingsTemplates'
import type { Answer } from '../http/endpoint'
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

/** The current settings, with what will disappoint in them. */
export function settingsAnswer(version: number, settings: Settings): Answer {
  return {
    status: 200,
    headers: { ETag: etagOf(version) },
    body: { version, settings, warnings: templateWarnings(settings) },
  }
}
