import { Liquid } from 'liquidjs'

/** What a template may do besides showing special fields. Nothing here reads a file, a clock or another template. */
export const allowedTags = ['assign', 'break', 'capture', 'case', 'comment', 'continue', 'for', 'if', 'unless']
export const allowedFilters = [
  'append',
  'capitalize',
  'default',
  'downcase',
  'first',
  'join',
  'last',
  'prepend',
  'remove',
  'replace',
  'size',
  'slice',
  'split',
  'strip',
  'truncate',
  'truncatewords',
  'upcase',
]

/** Longest template, in UTF-16 units. */
export const maxTemplateLength = 20_000

/**
 * LiquidJS, locked down: only the tags and filters above, own properties only, and limits on what a render may
 * allocate and how long it may take (ms), so that a loop cannot hang the process. It does not escape: an email's HTML is made from the
 * finished text (html.ts), so a template or a field has no way around the escaping.
 */
export const engine = new Liquid({
  ownPropertyOnly: true,
  strictFilters: true,
  parseLimit: maxTemplateLength,
  memoryLimit: 100_000,
  renderLimit: 500,
  templates: {},
})
for (const name of Object.keys(engine.tags)) if (!allowedTags.includes(name)) delete engine.tags[name]
for (const name of Object.keys(engine.filters)) if (!allowedFilters.includes(name)) delete engine.filters[name]
