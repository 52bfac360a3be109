/** Who is signed in. */
export interface Operator {
  email: string
  name: string
  role: 'admin' | 'dispatch' | 'viewer' | 'driver'
  /** Null: every company. */
  companyId: string | null
}

let key: string | null = null

/** The API key that was pasted at sign-in. It lives as long as the page, and is written nowhere. */
export function keyInMemory(): string | null {
  return key
}

export function keepKey(given: string | null): void {
  key = given
}
