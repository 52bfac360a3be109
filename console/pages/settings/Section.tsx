import { Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import classes from './settings.module.css'

/** A part of the settings under its heading. */
export function Section({ title, about, children }: { title: string; about?: ReactNode; children: ReactNode }) {
  const id = useId()
  return (
    <section aria-labelledby={id} className={classes.section}>
      <div>
        <Title order={2} id={id}>
          {title}
        </Title>
        {about !== undefined && <p className={classes.about}>{about}</p>}
      </div>
      {children}
    </section>
  )
}
