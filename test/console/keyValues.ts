import type { KeyValues } from '../../console/driver/reports'

/** A browser's storage that is empty. */
export function emptyStorage(): KeyValues {
  const stored = new Map<string, string>()
  return { getItem: (key) => stored.get(key) ?? null, setItem: (key, value) => void stored.set(key, value) }
}
