import type { HandOffAction, HandOffOutcome } from '../facts'
import type { ExplanationEntry, Show } from './explanation'
import type { HandOffStory } from './stopStory'

const asked: Record<HandOffAction, string> = {
  hand_over: 'was told of the route',
  update: 'was told what has changed',
  withdraw: 'was told to forget the route',
}

const answered: Record<HandOffOutcome, string> = {
  accepted: 'and took it',
  try_later: 'and could not take it now',
  refused: 'and refused it',
  unknown: 'and did not answer',
}

/** Each call to a vendor: while it does not have the route, its device reports no arrival at this stop by name. */
export function explainHandOff({ vendor, attempts }: HandOffStory, show: Show): ExplanationEntry[] {
  return attempts.map(({ at, action, outcome, code, message }) => {
    const words = message === null ? null : show.text(message)
    const said = [code, words].filter((part) => part !== null).join(': ')
    const answer = outcome === null ? 'and has not answered yet' : answered[outcome]
    const again = outcome === null || outcome === 'accepted' ? '' : ' It is told again; no message waits for that.'
    return {
      at,
      kind: 'hand_off',
      text: `${vendor} ${asked[action]} ${answer}${said === '' ? '' : ` (${said})`}.${again}`,
      data: { vendor, action, outcome, code, message: words },
    }
  })
}
