import { z } from 'zod'
import { currentSettings, listSettingsVersions, settingsOfVersion } from '../../db/settingsVersions'
import { ApiProblem } from '../../domain/errors'
import { dispatchers, readers } from '../auth/caller'
import { companyOr404 } from '../companies/companyOr404'
import { defineEndpoint } from '../http/endpoint'
import { pageOf, pageQuery } from '../http/page'
import { companyPath, instantOut, isoOrNone } from '../schemas/common'
import { saveVersion } from './saveVersion'
import {
  documentedSettings,
  settingsAnswer,
  settingsAnswerSchema,
  settingsHeaders,
  shownChange,
} from './settingsAnswer'
import { settingsOf, settingsProblems } from './settingsBody'

const path = '/v1/companies/{companyId}/settings'
const tag = 'Settings'
const current = { description: 'The current settings.', schema: settingsAnswerSchema, headers: settingsHeaders }

const versionSchema = z
  .strictObject({
    version: z.number().int(),
    changedBy: z.string(),
    changedAt: instantOut,
    changes: z.array(z.strictObject({ path: z.string(), from: z.unknown(), to: z.unknown() })),
  })
  .meta({ id: 'SettingsVersion' })

export const settingsEndpoints = [
  defineEndpoint({
    method: 'put',
    path,
    tag,
    summary: 'Save the whole settings document',
    description:
      'Absent fields take their defaults. Takes effect for whatever has not been sent yet. `If-Match` is honoured.',
    access: { roles: dispatchers },
    params: companyPath,
    documentedBody: documentedSettings,
    answers: { 200: current },
    errors: ['precondition_failed'],
    alsoCheck: ({ params: { companyId }, body }, { db }) => settingsProblems(db, companyId, body),
    async handle({ params: { companyId }, body, caller, header }, api) {
      const settings = await settingsOf(api.db, companyId, body)
      const change = { by: caller, action: 'settings.saved', ifMatch: header('if-match') } as const
      return settingsAnswer(await saveVersion(api, companyId, settings, change), settings, caller)
    },
  }),
  defineEndpoint({
    method: 'get',
    path,
    tag,
    summary: 'Read the settings',
    description: 'Addresses of internal recipients are masked for viewers.',
    access: { roles: readers },
    params: companyPath,
    answers: { 200: current },
    async handle({ params: { companyId }, caller }, { db }) {
      await companyOr404(db, companyId)
      const { version, settings } = await currentSettings(db, companyId)
      return settingsAnswer(version, settings, caller)
    },
  }),
  defineEndpoint({
    method: 'get',
    path: `${path}/versions`,
    tag,
    summary: 'Who changed what and when, the latest first',
    description: 'Addresses of internal recipients are masked for viewers.',
    access: { roles: readers },
    params: companyPath,
    query: z.strictObject(pageQuery),
    answers: { 200: { description: 'A page of versions.', schema: pageOf(versionSchema) } },
    async handle({ params: { companyId }, query: { limit, cursor }, caller }, { db }) {
      await companyOr404(db, companyId)
      const page = await listSettingsVersions(db, companyId, { limit, after: cursor })
      const items = page.items.map(({ changedAt, changes, ...item }) => ({
        ...item,
        changedAt: isoOrNone(changedAt),
        changes: changes.map((change) => shownChange(change, caller)),
      }))
      return { status: 200, body: { items, nextCursor: page.next } }
    },
  }),
  defineEndpoint({
    method: 'post',
    path: `${path}/restore`,
    tag,
    summary: 'Make an earlier version the current one, as a new version',
    description: 'Version 0 is the defaults. `If-Match` is honoured.',
    access: { roles: dispatchers },
    params: companyPath,
    body: z.strictObject({ version: z.number().int().min(0).max(2_147_483_647) }),
    answers: { 200: current },
    errors: ['precondition_failed'],
    async handle({ params: { companyId }, body, caller, header }, api) {
      await companyOr404(api.db, companyId)
      const settings = await settingsOfVersion(api.db, companyId, body.version)
      if (settings === null) throw new ApiProblem('not_found', `The settings have no version ${body.version}.`)
      const change = { by: caller, action: 'settings.restored', ifMatch: header('if-match') } as const
      return settingsAnswer(await saveVersion(api, companyId, settings, change), settings, caller)
    },
  }),
]
