import { engine } from './engine'
import { oneLine } from './plainText'
import type { SpecialFields } from './specialFields'

/**
 * The template with its special fields filled in. Each value is one line of plain text and is never read as Liquid; a
 * blank one counts as no value, so `default` and `if` see it as missing.
 * Throws LiquidJS's error for a template that `checkTemplate` refuses.
 */
export function fillIn(template: string, fields: SpecialFields): string {
  const scope = Object.entries(fields).map(([name, group]) => [name, clean(group)])
  return String(engine.parseAndRenderSync(template, Object.fromEntries(scope)))
}

/** `size` is always there, because Liquid would otherwise count the fields for `contract.fields.size`. */
function clean(group: object): object {
  const values = Object.entries(group).map(([name, value]) => [name, cleanValue(value)])
  return { size: null, ...Object.fromEntries(values) }
}

function cleanValue(value: unknown): unknown {
  if (value === null || value === undefined) return null
  if (typeof value === 'object') return clean(value)
  return oneLine(String(value)) || null
}
