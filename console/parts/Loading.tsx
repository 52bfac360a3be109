import { Skeleton, VisuallyHidden } from '@mantine/core'
import classes from './states.module.css'

/** Lines where something is still to come; a screen reader hears what. */
export function Loading({ what, lines = 4 }: { what: string; lines?: number }) {
  return (
    <div role="status" className={classes.loading}>
      <VisuallyHidden>Loading {what} …</VisuallyHidden>
      {Array.from({ length: lines }, (_, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity
        <Skeleton key={line} height={26} radius="sm" />
      ))}
    </div>
  )
}
