import { Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { Badge } from '../../parts/Badge'
import classes from './integrations.module.css'

interface CardProps {
  title: string
  /** Whether it is set up. */
  ready: boolean
  about: string
  children: ReactNode
}

/** One integration: what it is, whether it is set up, and what can be done about it. */
export function Card({ title, ready, about, children }: CardProps) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={classes.card}>
      <div className={classes.head}>
        <Title order={2} id={id}>
          {title}
        </Title>
        <Badge tone={ready ? 'good' : 'quiet'} symbol={ready ? '✓' : '–'}>
          {ready ? 'Set up' : 'Not set up'}
        </Badge>
      </div>
      <p className={classes.about}>{about}</p>
      {children}
    </section>
  )
}
