/** Makes room in a map of moments, if it is full: of what is over, else of what was put in first. */
export function forgetOver(until: Map<string, number>, most: number): void {
  if (until.size < most) return
  const now = Date.now()
  for (const [key, moment] of until) if (moment <= now) until.delete(key)
  for (const key of until.keys()) {
    if (until.size < most) return
    until.delete(key)
  }
}
