import type { HandOffAnswer } from './handOffReceiver'
import type { ProviderAnswer } from './provider'
import { reasonText } from './reasons'
import { oneLine } from './templates/plainText'
import type { Channel, DeviceVendor } from './words'

/** What can be tried out: a channel by a message, or a vendor by a call. Traccar is never called. */
export type ProviderTestTarget = Channel | Exclude<DeviceVendor, 'traccar'>

export const providerTestType = 'providerTest'

/** The id of a test's workflow in Temporal. Ids of companies hold no `/`. */
export function providerTestWorkflowId({ companyId, testId }: { companyId: string; testId: string }): string {
  return `test/${companyId}/${testId}`
}

/** For so long a test may wait for a worker; whoever asked for it does not wait for longer. */
export const providerTestMs = 120_000

/** How a test ended, in plain words. */
export interface ProviderTestOutcome {
  status: 'succeeded' | 'failed'
  message: string
}

const failed = (message: string): ProviderTestOutcome => ({ status: 'failed', message })
const succeeded = (message: string): ProviderTestOutcome => ({ status: 'succeeded', message })

/** What is sent to try out a channel: it says that it is a test, and of which company. */
export function testMessage(companyName: string): { subject: string; text: string } {
  const subject = `Test message from ${oneLine(companyName)}`
  return { subject, text: `${subject}. It only shows that messages get through: there is nothing to do.` }
}

/** How a test ends that is sent to somebody who has opted out since it was asked for. */
export const optedOutSince = failed('The recipient has opted out, so nothing was sent.')

/** How a test ends of what the worker has no access to. */
export function notConfigured(target: ProviderTestTarget): ProviderTestOutcome {
  if (target === 'sms') return failed('No provider of texts is configured: set Twilio’s variables, restart the worker.')
  if (target === 'email') return failed('No mail server is configured: set SMTP_URL and MAIL_FROM, restart the worker.')
  return failed(`The integration with ${target} is gone, incomplete or unreadable. Put it again, with its secrets.`)
}

/** What the provider's answer to a test message means. */
export function outcomeOfMessage(channel: Channel, answer: ProviderAnswer): ProviderTestOutcome {
  const provider = channel === 'sms' ? 'Twilio' : 'The mail server'
  switch (answer.outcome) {
    case 'accepted':
      return succeeded(`${provider} took the message. Now look whether it arrives.`)
    case 'try_later':
      return failed(`${provider} does not take it for now (${answer.code}): ${answer.message}`)
    case 'permanent': {
      // Of an address the provider's sentence speaks of the contract that it came from, and this one came from none.
      const known = answer.reason === 'invalid_address' ? undefined : answer.reasonText
      const why = known ?? reasonText('failed', answer.reason)
      return failed(`${why} ${provider} says (${answer.code}): ${answer.message}`)
    }
    case 'unknown':
      return failed(`Nobody knows whether ${provider} took it (${answer.code}): ${answer.message}`)
  }
}

const whatToDo: Record<Exclude<HandOffAnswer['outcome'], 'accepted'>, string> = {
  try_later: 'See whether the address is right and the worker may reach it; else try again later.',
  refused: 'Compare what is stored here with what is set up there, then try again.',
  unknown: 'See at the other end what became of the call, then try again.',
}

/** What the vendor's answer to a test call means, and what to do about one that is not good. */
export function outcomeOfCall(vendor: 'samsara' | 'generic', answer: HandOffAnswer): ProviderTestOutcome {
  if (answer.outcome !== 'accepted') return failed(`${answer.message} ${whatToDo[answer.outcome]}`)
  return succeeded(
    vendor === 'samsara' ? 'Samsara answers, and accepts the token.' : 'The receiver took the signed test.',
  )
}
