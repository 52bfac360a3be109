import type { ReactNode } from 'react'
import classes from './Facts.module.css'

/** What is known of one thing, a line each: its name and its value. */
export function Facts({ of: facts }: { of: Readonly<Record<string, ReactNode>> }) {
  return (
    <dl className={classes.facts}>
      {Object.entries(facts).map(([name, value]) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
