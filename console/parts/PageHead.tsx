import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './PageHead.module.css'

/** The top of a page: its name, what there is to say about all of it, and its controls at the right. */
export function PageHead({ title, about, children }: { title: ReactNode; about?: ReactNode; children?: ReactNode }) {
  return (
    <div className={classes.head}>
      <div>
        <Title order={1}>{title}</Title>
        {about !== undefined && <div className={classes.about}>{about}</div>}
      </div>
      {children !== undefined && (
        <div className={classes.controls} data-no-print>
          {children}
        </div>
      )}
    </div>
  )
}
