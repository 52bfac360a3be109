import { Button } from '@mantine/core'
import { Problem } from './Problem'
import classes from './states.module.css'

/** What stands where something could not be read: what the API said, and a way to ask again. */
export function Failed({ error, retry }: { error: unknown; retry?: () => unknown }) {
  return (
    <div className={classes.failed}>
      <Problem error={error} />
      {retry !== undefined && (
        <Button variant="default" onClick={() => void retry()}>
          Try again
        </Button>
      )}
    </div>
  )
}
