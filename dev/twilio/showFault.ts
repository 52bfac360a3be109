import { setTimeout as delay } from 'node:timers/promises'
import type { Response } from 'express'
import { refuse } from './errors'
import type { TwilioFault } from './faults'

/** Whether a text is taken although its request meets this fault. */
export function takesText(fault: TwilioFault | undefined): boolean {
  if (fault === undefined || answersAsUsual(fault)) return true
  return fault.kind === 'drop_after_accept' || ('accepted' in fault && fault.accepted)
}

/** Whether the request gets its usual answer, if late: the fault is in what happens to the text. */
export function answersAsUsual(fault: TwilioFault): boolean {
  return fault.kind === 'slow' || fault.kind === 'undelivered' || fault.kind === 'stuck'
}

/** Shows a fault to the caller; resolves with false when the request is still to be answered as usual. */
export async function showFault(fault: TwilioFault, response: Response): Promise<boolean> {
  switch (fault.kind) {
    case 'rate_limited':
      response.set({ 'Retry-After': String(fault.retryAfterSeconds), 'Twilio-Concurrent-Requests': '100' })
      refuse(response, 20429)
      break
    case 'server_error':
      refuse(response, fault.status === 503 ? 20503 : 20500)
      break
    case 'refuse':
      refuse(response, fault.code)
      break
    case 'drop_after_accept':
      response.socket?.destroy()
      break
    case 'slow':
      await delay(fault.delayMs, undefined, { ref: false })
      break
  }
  return !answersAsUsual(fault)
}
