import type { Shown } from '../../client/api'

/** The whole settings of a company, as the API reads and writes them. */
export type SettingsDocument = Shown['SettingsBody']
export type SavedSettings = Shown['Settings']

export const events = ['confirmed', 'arrived', 'departed', 'updated', 'cancelled'] as const
export type Event = (typeof events)[number]

/** One field that differs; `path` as in `confirmation.sendAfter`. A list is one field. */
export interface Change {
  path: string
  from?: unknown
  to?: unknown
}

type Tree = Record<string, unknown>

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What differs between two documents, field by field. */
export function changesBetween(from: unknown, to: unknown, path = ''): Change[] {
  if (isTree(from) && isTree(to))
    return [...new Set([...Object.keys(from), ...Object.keys(to)])].flatMap((key) =>
      changesBetween(from[key], to[key], path === '' ? key : `${path}.${key}`),
    )
  return JSON.stringify(from ?? null) === JSON.stringify(to ?? null) ? [] : [{ path, from, to }]
}

/** The document with these fields set to what they were changed to (`to`), or to what they were before (`from`). */
export function withChanges(document: SettingsDocument, changes: readonly Change[], side: 'from' | 'to' = 'to') {
  const result = structuredClone(document) as unknown as Tree
  for (const change of changes) setAt(result, change.path.split('.'), structuredClone(change[side]))
  return result as unknown as SettingsDocument
}

function setAt(tree: Tree, [key = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    tree[key] = value
    return
  }
  if (!isTree(tree[key])) tree[key] = {}
  setAt(tree[key] as Tree, rest, value)
}

/**
 * One's own changes on top of what somebody else has saved in the meantime, and which of their changes that would undo:
 * the fields that both have changed.
 */
export function rebase(base: SettingsDocument, mine: SettingsDocument, theirs: SettingsDocument) {
  const own = changesBetween(base, mine)
  const document = withChanges(theirs, own)
  const clashes = changesBetween(base, theirs).filter(({ path }) => own.some((change) => overlap(change.path, path)))
  return { document, clashes }
}

function overlap(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}.`) || other.startsWith(`${one}.`)
}
