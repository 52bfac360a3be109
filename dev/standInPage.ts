import { createHash } from 'node:crypto'

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
}

const style = `
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 70rem; padding: 0 1rem; color: #222 }
table { border-collapse: collapse; width: 100% } caption { text-align: left; color: #555; padding-bottom: 0.5rem }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 0.8rem 0.4rem 0; border-bottom: 1px solid #ddd }
td { white-space: pre-wrap; overflow-wrap: anywhere } td:first-child { white-space: nowrap }`

export interface StandInPage {
  title: string
  /** One sentence on what this stands in for. */
  intro: string
  columns: readonly string[]
  rows: readonly (readonly string[])[]
}

/** The page on which a person sees what a stand-in received. Everything given is shown as text, never as markup. */
export function standInPage({ title, intro, columns, rows }: StandInPage): string {
  const cells = (tag: string, texts: readonly string[]) => texts.map((text) => `<${tag}>${escapeHtml(text)}</${tag}>`)
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(intro)} As JSON: <a href="/_stand-in/messages">/_stand-in/messages</a>.</p>
<table>
<caption>${rows.length === 0 ? 'Nothing was received yet.' : `${rows.length} received, newest first.`}</caption>
<tr>${cells('th', columns).join('')}</tr>
${rows.map((row) => `<tr>${cells('td', row).join('')}</tr>`).join('\n')}
</table>
</body>
</html>`
}

/** What a browser may do on the page: nothing but show it with its own style. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`
