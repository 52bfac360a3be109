import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** The rows of the table under a heading of a page of docs/, cell by cell, without code marks. */
export function docsTable(page: string, heading: string): string[][] {
  const text = readFileSync(join(__dirname, '..', '..', 'docs', page), 'utf8')
  const [, section] = text.split(`${heading}\n`, 2)
  if (section === undefined) throw new Error(`docs/${page} has no "${heading}".`)
  const [own = ''] = section.split(/\n#+ /, 1)
  return own
    .split('\n')
    .filter((line) => line.startsWith('|') && !line.startsWith('| ---'))
    .slice(1)
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) =>
          cell
            .trim()
            .replace(/^`(.*)`$/, '$1')
            .replaceAll('\\|', '|'),
        ),
    )
}
