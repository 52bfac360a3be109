import { setImmediate as letOthersIn } from 'node:timers/promises'
import { z } from 'zod'
import { readFactsOfLiveRoutes } from '../../db/routeFacts'
import { type EffectOnMessage, effectKinds, settingsEffect } from '../../domain/settingsEffect'
import { channels, events, suppressionReasons } from '../../domain/words'
import { dispatchers } from '../auth/caller'
import { configuredChannels } from '../explaining/configuredChannels'
import { defineEndpoint } from '../http/endpoint'
import { companyPath, instantOut, isoOrNone } from '../schemas/common'
import { documentedSettings } from './settingsAnswer'
import { settingsOf, settingsProblems } from './settingsBody'

/** More routes than a company has on the road; each is played ahead twice. */
const mostRoutes = 300
const mostExamples = 20

const exampleSchema = z.strictObject({
  kind: z.enum(effectKinds),
  routeId: z.string(),
  stopId: z.string().nullable().meta({ description: 'Null for an internal message about the whole route.' }),
  event: z.enum(events),
  channel: z.enum(channels),
  recipient: z.string(),
  from: instantOut
    .optional()
    .meta({ description: 'When it would go as the settings are. Not of `arrived` and `departed`.' }),
  to: instantOut.optional().meta({ description: 'When it would go by the document.' }),
  reason: z
    .enum([...suppressionReasons, 'content_refused'])
    .optional()
    .meta({ description: 'Why it would not.' }),
})

const count = z.number().int()

const effectSchema = z
  .strictObject({
    suppressed: count.meta({ description: 'Messages that would go as the settings are, and not by the document.' }),
    moved: count.meta({ description: 'Messages that would go at another time.' }),
    going: count.meta({ description: 'Messages that would not go as the settings are, and would by the document.' }),
    reworded: count.meta({ description: 'Messages that would go as planned with other words.' }),
    examples: z.array(exampleSchema).meta({ description: `At most ${mostExamples}, of every kind.` }),
    routes: count.meta({ description: 'Live routes that were looked at.' }),
    complete: z.boolean().meta({ description: `Whether these are all: at most ${mostRoutes} are looked at.` }),
  })
  .meta({ id: 'SettingsEffect' })

export const effectEndpoint = defineEndpoint({
  method: 'post',
  path: '/v1/companies/{companyId}/settings/effect',
  tag: 'Settings',
  summary: 'Foresee what a settings document would change for messages that are not sent yet; changes nothing',
  description:
    'Takes the document that would be saved, and refuses what saving would refuse. Compares the forecasts of the confirmed ' +
    'and running routes, the earliest service date first, by the document and by the settings as they are.',
  access: { roles: dispatchers },
  params: companyPath,
  documentedBody: documentedSettings,
  answers: { 200: { description: 'How many messages would change, with examples.', schema: effectSchema } },
  alsoCheck: ({ params: { companyId }, body }, { db }) => settingsProblems(db, companyId, body),
  async handle({ params: { companyId }, body, now }, { db, config }) {
    const settings = await settingsOf(db, companyId, body)
    const found = await readFactsOfLiveRoutes(db, companyId, mostRoutes + 1, now)
    const routes = found.slice(0, mostRoutes)
    const effects: EffectOnMessage[] = []
    for (const facts of routes) {
      effects.push(...settingsEffect(facts, settings, now, configuredChannels(config)))
      await letOthersIn()
    }
    const count = (kind: string) => effects.filter((effect) => effect.kind === kind).length
    const answer: z.input<typeof effectSchema> = {
      suppressed: count('suppressed'),
      moved: count('moved'),
      going: count('going'),
      reworded: count('reworded'),
      examples: examplesOf(effects).map(shownExample),
      routes: routes.length,
      complete: found.length === routes.length,
    }
    return { status: 200, body: answer }
  },
})

/** As many of each kind as there is room for, kind by kind. */
function examplesOf(effects: EffectOnMessage[]): EffectOnMessage[] {
  const ofKinds = effectKinds.map((kind) => effects.filter((effect) => effect.kind === kind))
  let most = mostExamples
  while (ofKinds.reduce((sum, { length }) => sum + Math.min(length, most), 0) > mostExamples) most -= 1
  return ofKinds.flatMap((ofKind) => ofKind.slice(0, most))
}

function shownExample({ internal, from, to, reason, ...effect }: EffectOnMessage): z.input<typeof exampleSchema> {
  const [before, after] = [isoOrNone(from), isoOrNone(to)]
  return {
    ...effect,
    ...(before !== undefined && { from: before }),
    ...(after !== undefined && { to: after }),
    ...(reason !== null && { reason }),
  }
}
