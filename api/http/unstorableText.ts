import type { Problem } from '../../domain/errors'
import { pathOf } from './problemsOf'

/**
 * Finds text that PostgreSQL cannot hold, wherever it hides: NUL characters and halves of surrogate pairs. Works
 * through a list instead of recursion, since a hostile body may be nested deeper than the stack.
 */
export function unstorableText(value: unknown, root: string): Problem[] {
  const problems: Problem[] = []
  const waiting: { value: unknown; path: PropertyKey[] }[] = [{ value, path: [] }]
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    const { value: part, path } = item
    if (typeof part === 'string') {
      if (isUnstorable(part)) problems.push({ path: pathOf(path, root), message: unstorable })
      continue
    }
    if (typeof part !== 'object' || part === null) continue
    if (path.length >= maximumDepth) {
      problems.push({ path: root, message: `is nested deeper than ${maximumDepth} levels; flatten it` })
      return problems
    }
    for (const [key, child] of Object.entries(part)) {
      if (isUnstorable(key))
        problems.push({ path: pathOf(path, root), message: `has a field whose name ${unstorable}` })
      waiting.push({ value: child, path: [...path, Array.isArray(part) ? Number(key) : key] })
    }
  }
  return problems.reverse()
}

const maximumDepth = 20
const unstorable = 'holds a NUL character or half of a surrogate pair; remove it'

function isUnstorable(text: string): boolean {
  return text.includes('\u0000') || /\p{Surrogate}/u.test(text)
}
