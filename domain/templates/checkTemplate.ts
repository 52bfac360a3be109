import { analyzeSync, LiquidError } from 'liquidjs'
import { defaultSettings } from '../settings'
import { allowedFilters, allowedTags, engine, maxTemplateLength } from './engine'
import { fillIn } from './fillIn'
import { nearest } from './nearest'
import { sampleFields } from './sampleFields'
import { noFields, specialFields } from './specialFields'

export interface TemplateProblem {
  /** A sentence that names the place. */
  message: string
  /** From 1. */
  line: number
  column: number
}

/**
 * Why a template cannot be saved: unknown special fields wherever they stand (all of them), broken syntax, a tag or
 * filter that is not allowed (the first), braces that would be shown as they are, work without end. Empty: it can.
 * Rule: "What is said".
 */
export function checkTemplate(source: string): TemplateProblem[] {
  if (source.length > maxTemplateLength) {
    return [problem(1, 1, `The template has ${source.length} characters`, `Shorten it to ${maxTemplateLength}.`)]
  }
  const unstorable = firstOf(/[\0\p{Cs}]/u, source, 'Broken character', 'Remove it.')
  if (unstorable.length > 0) return unstorable
  try {
    const { globals } = analyzeSync(engine.parse(source), { partials: false })
    const unknown = Object.values(globals)
      .flat()
      .filter((variable) => !isSpecialField(variable.toArray()))
      .map((variable) => unknownField(variable.toString(), variable.location))
    const problems = [...strayBraces(source), ...unknown]
    if (problems.length === 0) for (const fields of [noFields, sampleFields(defaultSettings)]) fillIn(source, fields)
    return problems.sort((a, b) => a.line - b.line || a.column - b.column)
  } catch (error) {
    if (!LiquidError.is(error)) throw error
    return [refusal(error)]
  }
}

const fieldNames = Object.keys(specialFields)

function isSpecialField(segments: readonly unknown[]): boolean {
  if (!segments.every((segment) => typeof segment === 'string')) return false
  const [group, name, own, ...rest] = segments
  if (group === 'contract' && name === 'fields') return rest.length === 0 && /^\w+$/.test(own ?? '')
  return Object.hasOwn(specialFields, segments.join('.'))
}

function unknownField(name: string, { row, col }: { row: number; col: number }): TemplateProblem {
  const guess = nearest(name, fieldNames)
  const hint = guess === undefined ? '' : ` Did you mean "${guess}"?`
  return problem(row, col, `Unknown special field "${name.slice(0, 80)}"`, `Allowed: ${fieldNames.join(', ')}.${hint}`)
}

/** Liquid would show `company.name }}` as it is. */
function strayBraces(source: string): TemplateProblem[] {
  const fixedText = source.replace(/\{\{(?:(?!\{\{).)*?\}\}|\{%.*?%\}/gs, (liquid) => liquid.replace(/./g, ' '))
  return firstOf(/\{\{|\}\}|\{%|%\}/, fixedText, 'Stray', 'Write a special field as {{ company.name }}.')
}

function firstOf(pattern: RegExp, text: string, what: string, remedy: string): TemplateProblem[] {
  const found = pattern.exec(text)
  if (found === null) return []
  const lines = text.slice(0, found.index).split('\n')
  return [problem(lines.length, (lines.at(-1)?.length ?? 0) + 1, `${what} ${JSON.stringify(found[0])}`, remedy)]
}

/** LiquidJS's own error, in our words where it is about what we closed. */
function refusal(error: LiquidError): TemplateProblem {
  const [line = 1, column = 1] = error.token?.getPosition() ?? []
  const cause = (error.originalError?.message ?? error.message).replace(/, line:\d+, col:\d+$/, '')
  const tag = /^tag "(.*)" not found$/.exec(cause)?.[1]
  if (tag !== undefined)
    return problem(line, column, `Tag "${tag}" is not allowed`, `Allowed: ${allowedTags.join(', ')}.`)
  const filter = /^undefined filter: (.*)$/.exec(cause)?.[1]
  if (filter !== undefined) {
    const guess = nearest(filter, allowedFilters)
    const hint = guess === undefined ? '' : ` Did you mean "${guess}"?`
    return problem(line, column, `Filter "${filter}" is not allowed`, `Allowed: ${allowedFilters.join(', ')}.${hint}`)
  }
  if (/limit exceeded/.test(cause)) {
    return problem(line, column, 'The template does too much', 'Use smaller loops, or none.')
  }
  return problem(line, column, `Broken syntax: ${cause},`, 'Correct it, or remove it.')
}

function problem(line: number, column: number, what: string, remedy: string): TemplateProblem {
  return { message: `${what} at line ${line}, column ${column}. ${remedy}`, line, column }
}
