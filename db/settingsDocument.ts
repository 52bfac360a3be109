import { defaultSettings, type Settings } from '../domain/settings'

/** One field that a version changed; `path` as in `confirmation.sendAfter`. A list is one field. */
export interface SettingsChange {
  path: string
  from: unknown
  to: unknown
}

type Tree = { [key: string]: unknown }

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * A stored document over the defaults, so that a field that came with a later release has a value. A stored null or list
 * stands as it is.
 */
export function overDefaults(stored: unknown): Settings {
  return merge(defaultSettings as unknown as Tree, isTree(stored) ? stored : {}) as unknown as Settings
}

function merge(defaults: Tree, stored: Tree): Tree {
  const merged: Tree = { ...structuredClone(defaults), ...stored }
  for (const [key, value] of Object.entries(stored)) {
    const fallback = defaults[key]
    if (isTree(value) && isTree(fallback)) merged[key] = merge(fallback, value)
  }
  return merged
}

/** What differs between two documents, field by field, in the order of the path. */
export function settingsChanges(from: unknown, to: unknown, path = ''): SettingsChange[] {
  if (isTree(from) && isTree(to)) {
    const keys = [...new Set([...Object.keys(from), ...Object.keys(to)])].sort()
    return keys.flatMap((key) => settingsChanges(from[key], to[key], path === '' ? key : `${path}.${key}`))
  }
  return canonical(from) === canonical(to) ? [] : [{ path, from: from ?? null, to: to ?? null }]
}

/** Equal for equal documents, whatever the order of their keys: jsonb does not keep it. Absent counts as null. */
function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_key, inner: unknown) =>
    isTree(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  )
}
