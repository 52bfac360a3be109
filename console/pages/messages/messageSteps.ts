import type { Shown } from '../../client/api'
import { type StatusWords, statusWords } from '../../parts/statusWords'

type Message = Shown['Notification']

/** Something that happened to a message, in plain words. */
export interface MessageStep {
  /** Unknown for an end whose moment is not told. */
  at?: string
  text: string
  tone: StatusWords['tone']
}

/** What became of a message, in order: planned, handed over, taken on its way, received; or why not. */
export function messageSteps(message: Message): MessageStep[] {
  const { status, channel, plannedAt, sentAt, deliveredAt } = message
  const steps: MessageStep[] = []
  if (plannedAt !== undefined) steps.push({ at: plannedAt, text: plannedWords(message), tone: 'quiet' })
  for (const attempt of message.attempts) steps.push(attemptStep(attempt, message))
  if (sentAt !== undefined) steps.push({ at: sentAt, text: sentWords[channel], tone: 'good' })
  if (deliveredAt !== undefined) steps.push({ at: deliveredAt, text: 'Delivered: the phone has it.', tone: 'good' })
  if (status === 'undelivered' || status === 'failed' || status === 'suppressed' || status === 'unknown') {
    const { text, tone } = statusWords(message)
    steps.push({ text: message.reasonText ?? `${text}.`, tone })
  }
  return steps
}

const sentWords: Record<Message['channel'], string> = {
  sms: 'The carrier has it and tries to deliver it.',
  email: 'The recipient’s mail is on its way. Mail gives no receipt: nobody hears whether it was read.',
}

function plannedWords({ status }: Message): string {
  if (status === 'held') return 'Held by quiet hours until then.'
  return status === 'planned' ? 'To be sent then.' : 'Planned for this moment.'
}

/** One call to the provider, as a dispatcher would tell it. */
export function attemptStep(
  { at, outcome }: Message['attempts'][number],
  { channel, providerId }: Pick<Message, 'channel' | 'providerId'>,
): MessageStep {
  const provider = channel === 'sms' ? 'the text message provider' : 'the mail server'
  const Provider = `${provider.charAt(0).toUpperCase()}${provider.slice(1)}`
  switch (outcome) {
    case 'accepted':
      return { at, text: `${Provider} took it${providerId === undefined ? '' : `, as ${providerId}`}.`, tone: 'good' }
    case 'try_later':
      return { at, text: `${Provider} asked to try again later.`, tone: 'waiting' }
    case 'permanent':
      return { at, text: `${Provider} refused it for good.`, tone: 'bad' }
    case 'unknown':
      return { at, text: `No answer came from ${provider}: it may have gone out or not.`, tone: 'warning' }
    case 'running':
      return { at, text: `Given to ${provider}; no answer yet.`, tone: 'waiting' }
  }
}
