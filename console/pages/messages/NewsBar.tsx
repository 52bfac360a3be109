import { Button } from '@mantine/core'
import { count } from '../../parts/words'
import classes from './Messages.module.css'

/** Says that the list has changed, and shows it when somebody asks: no row jumps under a hand. */
export function NewsBar({ added, gone, show }: { added: number; gone: number; show: () => void }) {
  const said = [added > 0 && `${count(added, 'new message')}`, gone > 0 && `${count(gone, 'message')} fits no more`]
    .filter(Boolean)
    .join(', ')
  return (
    <div role="status" className={classes.news} data-no-print>
      {said !== '' && (
        <>
          {said}
          <Button size="compact-sm" variant="light" onClick={show}>
            Show
          </Button>
        </>
      )}
    </div>
  )
}
