import { z } from 'zod'
import { currentSettings } from '../../db/settingsVersions'
import { characterLimit } from '../../domain/settingsFields'
import { checkTemplate } from '../../domain/templates/checkTemplate'
import { renderMessage } from '../../domain/templates/renderMessage'
import { channels, events } from '../../domain/words'
import { readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { callersId, companyPath } from '../schemas/common'
import { previewFields } from './previewFields'
import { documentedSettings } from './settingsAnswer'

/** Without their defaults: what is left out is that of the settings. */
const { etaBuffer, timeZone, timeFormat } = documentedSettings.shape
const ofSettings = 'That of the settings without it.'

const previewBody = z
  .strictObject({
    template: z.string().max(20_000).meta({ description: 'Of a text, or of an email’s body.' }),
    emailSubject: z
      .string()
      .max(20_000)
      .optional()
      .meta({ description: 'Of an email; that of the settings without it.' }),
    characterLimit: characterLimit.optional().meta({ description: 'Of a text; that of the settings without it.' }),
    etaBuffer: etaBuffer.unwrap().optional().meta({ description: ofSettings }),
    timeZone: timeZone.unwrap().optional().meta({ description: ofSettings }),
    timeFormat: timeFormat.unwrap().optional().meta({ description: ofSettings }),
    event: z.enum(events),
    channel: z.enum(channels),
    routeId: callersId.optional().meta({ description: 'Whose values are filled in; realistic ones without it.' }),
    stopId: callersId.optional().meta({ description: 'The route’s first stop without it.' }),
  })
  .refine(({ routeId, stopId }) => stopId === undefined || routeId !== undefined, {
    path: ['routeId'],
    message: 'is missing; name the route of the stop',
  })
  .meta({ id: 'PreviewBody' })

const previewSchema = z
  .strictObject({
    text: z.string(),
    subject: z.string().optional().meta({ description: 'Of an email.' }),
    characters: z.number().int(),
    segments: z.number().int().meta({ description: '0 for an email.' }),
    encoding: z.enum(['GSM-7', 'UCS-2']).nullable().meta({ description: 'Null for an email.' }),
    shortened: z.boolean(),
    problems: z.array(z.strictObject({ path: z.string(), message: z.string() })),
  })
  .meta({ id: 'Preview' })

type Preview = z.input<typeof previewSchema>

export const previewEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/companies/{companyId}/settings/preview',
  tag: 'Settings',
  summary: 'See what a template would say; changes nothing',
  access: { roles: readers },
  params: companyPath,
  body: previewBody,
  answers: {
    200: {
      description: 'The message, or the problems that keep the template from being saved.',
      schema: previewSchema,
    },
  },
  async handle({ params: { companyId }, body, caller }, { db }) {
    const company = await companyOr404(db, companyId)
    const problems = (['template', 'emailSubject'] as const).flatMap((path) =>
      checkTemplate(body[path] ?? '').map(({ message }) => ({ path, message })),
    )
    if (problems.length > 0) return { status: 200, body: { ...nothing, problems } satisfies Preview }

    const { settings } = await currentSettings(db, companyId)
    const { etaBuffer = settings.etaBuffer, timeZone = settings.timeZone, timeFormat = settings.timeFormat } = body
    const fields = await previewFields(db, company, { etaBuffer, timeZone, timeFormat }, body, caller)
    const { emailSubject = settings.events[body.event].emailSubject } = body
    const message = renderMessage({
      templates: { sms: body.template, emailSubject, emailBody: body.template },
      channel: body.channel,
      fields,
      characterLimit: body.characterLimit ?? settings.sms.characterLimit,
    })
    const { text, shortened } = message
    const preview: Preview =
      message.channel === 'sms'
        ? {
            ...nothing,
            text,
            shortened,
            characters: message.characters,
            segments: message.segments,
            encoding: message.encoding,
          }
        : { ...nothing, text, shortened, characters: text.length, subject: message.subject }
    return { status: 200, body: preview }
  },
})

const nothing: Preview = { text: '', characters: 0, segments: 0, encoding: null, shortened: false, problems: [] }
