import type { HandOffAnswer } from '../domain/handOffReceiver'
import { NoAnswer, type VendorReply } from './callVendor'

type NotAccepted = Exclude<HandOffAnswer, { outcome: 'accepted' }>

/** What a reply that is no success says of the call; `who` is the vendor, `said` its own words, if it has any. */
export function answerOfReply(who: string, { status, retryAfterMs }: VendorReply, said: string | null): NotAccepted {
  const code = String(status)
  const message = `${who} answers ${status}${said === null ? '.' : `: ${said}`}`
  if (status === 429) return { outcome: 'try_later', code, message, retryAfterMs }
  if (status === 408 || status >= 500) return { outcome: 'unknown', code, message }
  if (status === 401 || status === 403) return { outcome: 'refused', code, message: `${message} Check the secret.` }
  if (status >= 300 && status < 400)
    return { outcome: 'refused', code, message: `${message} Redirects are not followed: put the final address.` }
  return { outcome: 'refused', code, message }
}

/** What an error of `callVendor` says of the call. */
export function answerOfError(error: unknown): NotAccepted {
  if (!(error instanceof NoAnswer)) throw error
  const { code, message } = error
  return error.neverLeft
    ? { outcome: 'try_later', code, message, retryAfterMs: null }
    : { outcome: 'unknown', code, message }
}
