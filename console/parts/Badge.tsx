import type { ReactNode } from 'react'
import classes from './Badge.module.css'
import type { Tone } from './statusWords'

/** A word or two with a colour that says how good it is. The sign is for the eye alone; the words say it all. */
export function Badge({ tone, symbol, children }: { tone: Tone; symbol?: string; children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {symbol !== undefined && <span aria-hidden="true">{symbol}</span>}
      {children}
    </span>
  )
}
