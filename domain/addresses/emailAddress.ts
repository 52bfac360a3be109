import { z } from 'zod'

const emailAddress = z.email().max(254)
/** RFC 5321, 4.5.3.1.1. */
const maxLocalLength = 64

/**
 * One bare email address, its domain in lower case; the part before @ is the mailbox's own business and stays. Refused:
 * a display name, a list, a line break, more than 254 characters. Rule: "Who is told".
 */
export function normaliseEmail(raw: string): { email: string } | { problem: string } {
  const address = raw.replace(/^ +| +$/g, '')
  const at = address.lastIndexOf('@')
  if (!emailAddress.safeParse(address).success || at > maxLocalLength) {
    const shown = JSON.stringify(raw.slice(0, 60))
    return { problem: `Email address ${shown} is not valid. Give one bare address such as joe@example.com.` }
  }
  return { email: address.slice(0, at) + address.slice(at).toLowerCase() }
}
