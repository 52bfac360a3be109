import type { Shown } from '../../client/api'
import { count } from '../../parts/words'

type Effect = Pick<Shown['SettingsEffect'], 'moved' | 'going' | 'suppressed' | 'reworded' | 'routes' | 'complete'>

/** `12 messages would move, 3 would not go.`: what saving does to messages that are not sent yet. */
export function effectSentence({ moved, going, suppressed, reworded, routes, complete }: Effect): string {
  const clauses = [
    [suppressed, 'would not go'],
    [moved, 'would move'],
    [going, 'would go that would not have gone'],
    [reworded, 'would say something else'],
  ] as const
  const said = clauses
    .filter(([number]) => number > 0)
    .map(([number, what], index) => `${index > 0 ? number : count(number, 'message')} ${what}`)
  const bound = complete ? '' : ` Of the first ${count(routes, 'route')}; there are more.`
  return `${said.length === 0 ? 'No message that is waiting would change' : said.join(', ')}.${bound}`
}

export const effectKindWords = {
  suppressed: 'would not go',
  moved: 'moves',
  going: 'would go',
  reworded: 'other words',
} as const
