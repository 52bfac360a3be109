import type { FormEventHandler, ReactNode } from 'react'
import classes from './Doorway.module.css'
import { useTitle } from './useTitle'

/** The frame of what stands before the console: signing in, setting a password. */
export function Doorway({
  title,
  onSubmit,
  children,
}: {
  title: string
  onSubmit: FormEventHandler<HTMLFormElement>
  children: ReactNode
}) {
  useTitle(title)
  return (
    <main className={classes.page}>
      <form className={classes.form} onSubmit={onSubmit}>
        <div className={classes.brand}>
          <img src="/icon.svg" alt="" width={32} height={32} />
          <div>
            <h1 className={classes.title}>{title}</h1>
            <p className={classes.product}>Dispatch notifications</p>
          </div>
        </div>
        {children}
      </form>
    </main>
  )
}
