/** Lone surrogates, soft hyphens, zero-width spaces and marks that turn the direction of the text around. */
const invisible = /[\p{Cs}\u00AD\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF]/gu

/** On one line: control characters and line breaks are spaces, spaces are single, ends are trimmed. */
export function oneLine(text: string): string {
  return text
    .replace(invisible, '')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}

/** Each line as `oneLine` makes it, at most one blank line in a row, none at the ends. */
export function paragraphs(text: string): string {
  return text
    .split(/\r\n|\r|\n/)
    .map(oneLine)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
