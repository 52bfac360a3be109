import { Badge } from './Badge'
import { statusWords } from './statusWords'

/** A notification's status in words, with its sign and colour. */
export function StatusBadge(notification: Parameters<typeof statusWords>[0]) {
  const { text, symbol, tone } = statusWords(notification)
  return (
    <Badge tone={tone} symbol={symbol}>
      {text}
    </Badge>
  )
}
