import type { z } from 'zod'
import { type Settings, defaultSettings as standard } from './settings'
import { characterLimit, wallTime } from './settingsFields'
import { settingsSchema } from './settingsSchema'
import { type SettingsProblem, templateProblems, templateWarnings } from './templates/settingsTemplates'
import { events } from './words'

export type ParsedSettings = { settings: Settings; warnings: SettingsProblem[] } | { problems: SettingsProblem[] }

/**
 * Settings from a document as it was asked for, with what will disappoint in it (`warnings`); or everything that is
 * wrong with it, at once. `country` (ISO 3166-1 alpha-2) is the company's. Rule: "Settings of a company".
 */
export function parseSettings(document: unknown, company: { country: string }): ParsedSettings {
  const { success, data, error } = settingsSchema(company).safeParse(document)
  const problems = [...(error?.issues.flatMap(problemsOf) ?? []), ...problemsBetweenFields(document)]
  return success && problems.length === 0 ? { settings: data, warnings: templateWarnings(data) } : { problems }
}

/** Unknown fields share one issue at the object that holds them; each is a problem of its own. */
function problemsOf(issue: z.core.$ZodIssue): SettingsProblem[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path.join('.'), message: issue.message }]
  return issue.keys.map((key) => ({ path: [...issue.path, key].join('.'), message: issue.message }))
}

/** A document of which nothing is known yet. */
type Unparsed = { [Name in keyof Settings]?: Record<string, unknown> } | null | undefined

/** Reads the document itself, because zod gives nothing of one that has a mistake; judges the parts that are sound. */
function problemsBetweenFields(document: unknown): SettingsProblem[] {
  const unparsed = document as Unparsed
  const opensAt = wallTime.default(standard.opensAt).safeParse(unparsed?.opensAt)
  const sendAfter = wallTime.default(standard.confirmation.sendAfter).safeParse(unparsed?.confirmation?.sendAfter)
  const limit = characterLimit.default(standard.sms.characterLimit).safeParse(unparsed?.sms?.characterLimit)
  const templates = events.map((event) => [event, { ...standard.events[event], ...Object(unparsed?.events?.[event]) }])
  const problems = templateProblems(Object.fromEntries(templates), limit.data ?? null)
  if (opensAt.success && sendAfter.success && opensAt.data >= sendAfter.data) {
    const message = `${opensAt.data} is not before confirmation.sendAfter, ${sendAfter.data}. Open earlier, or send later.`
    problems.push({ path: 'opensAt', message })
  }
  return problems
}
