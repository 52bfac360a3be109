import { SegmentedMessage } from 'sms-segments-calculator'
import type { EventSettings, Settings } from '../settings'
import { type Event, events } from '../words'
import { checkTemplate } from './checkTemplate'
import { fillIn } from './fillIn'
import { oneLine } from './plainText'
import { sampleFields } from './sampleFields'
import { noFields } from './specialFields'

export interface SettingsProblem {
  /** Dotted, e.g. `events.confirmed.sms`; empty for the document itself. */
  path: string
  message: string
}

const kinds = ['sms', 'emailSubject', 'emailBody'] as const

/** Templates of a settings document, maybe one that is only half parsed. */
type Templates = { [Name in Event]?: Partial<EventSettings> }

/**
 * Why the templates of a settings document cannot be saved: what `checkTemplate` says of each, one that is blank, and
 * an SMS whose fixed text alone (rendered without any value) passes `characterLimit`; null: the limit is not known.
 * What is missing or no text is passed over. Rule: "What is said".
 */
export function templateProblems(templates: Templates, characterLimit: number | null): SettingsProblem[] {
  return events.flatMap((event) =>
    kinds.flatMap((kind) => {
      const path = `events.${event}.${kind}`
      const source: unknown = templates?.[event]?.[kind]
      if (typeof source !== 'string') return []
      if (source.trim() === '') {
        return [{ path, message: 'The template is blank. Write a text, or leave the field out to take the default.' }]
      }
      const problems = checkTemplate(source)
      if (problems.length > 0) return problems.map(({ message }) => ({ path, message }))
      return kind === 'sms' && characterLimit !== null ? fixedTextProblems(path, source, characterLimit) : []
    }),
  )
}

function fixedTextProblems(path: string, source: string, limit: number): SettingsProblem[] {
  const { length } = oneLine(fillIn(source, noFields))
  if (length <= limit) return []
  const message = `The fixed text alone has ${length} characters; sms.characterLimit allows ${limit}. Shorten the text by ${length - limit}, or raise the limit.`
  return [{ path, message }]
}

/**
 * What may be saved but will disappoint: a text that realistic values take past the limit, so that it is shortened,
 * and one that a single character turns from GSM-7 into UCS-2, which more than halves what fits into a segment.
 * Only for settings without `templateProblems`.
 */
export function templateWarnings(settings: Settings): SettingsProblem[] {
  const fields = sampleFields(settings)
  return events.flatMap((event) => {
    const text = oneLine(fillIn(settings.events[event].sms, fields))
    return [lengthWarning(text, settings.sms.characterLimit), encodingWarning(text)]
      .filter((message) => message !== undefined)
      .map((message) => ({ path: `events.${event}.sms`, message }))
  })
}

function lengthWarning(text: string, limit: number): string | undefined {
  if (text.length <= limit) return undefined
  return `With realistic values the text has ${text.length} characters ("${text}"); sms.characterLimit allows ${limit}, so its end is cut off. Shorten it, or raise the limit.`
}

function encodingWarning(text: string): string | undefined {
  const characters = [...new Set(new SegmentedMessage(text).getNonGsmCharacters())]
  if (characters.length === 0) return undefined
  const names = characters.map((character) => `"${character}" (${codePoints(character)})`).join(', ')
  return `The text is sent as UCS-2, 70 characters a segment instead of 160, because of ${names}. Replace it by a plain character.`
}

function codePoints(character: string): string {
  return [...character]
    .map((each) => `U+${(each.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`)
    .join(' ')
}
