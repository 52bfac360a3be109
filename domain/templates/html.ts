const link = /(https:\/\/[^\s<>"']*[^\s<>"'.,;:!?()[\]{}])/

/**
 * A text as an HTML page: blank lines part paragraphs, line breaks stay, https links can be clicked. Everything is
 * escaped, so that nothing in the text, wherever it came from, is markup.
 */
export function htmlOf(text: string): string {
  const body = text.split('\n\n').map((paragraph) => `<p>${paragraph.split('\n').map(htmlLine).join('<br>\n')}</p>`)
  return `<!doctype html>\n<html><head><meta charset="utf-8"></head><body>\n${body.join('\n')}\n</body></html>\n`
}

/** Splitting by a group puts the links at the odd places. */
function htmlLine(line: string): string {
  return line
    .split(link)
    .map(escapeHtml)
    .map((part, index) => (index % 2 === 1 ? `<a href="${part}">${part}</a>` : part))
    .join('')
}

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** Text as it may stand in an HTML page, in an attribute too. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}
