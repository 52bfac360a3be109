import { useConnection } from '../client/connection'
import classes from './ConnectionBanner.module.css'
import { useCompany } from './company'

/** Says when the page is out of date, and since when: nobody should take an old page for the present. */
export function ConnectionBanner() {
  const { times } = useCompany()
  const { lost, lastHeardAt } = useConnection()
  return (
    <div role="status" aria-live="polite" className={lost ? classes.banner : undefined}>
      {lost && (
        <>
          <b>Connection lost.</b> What you see is as of {times.clock(lastHeardAt)} {times.zoneName(lastHeardAt)} by this
          computer’s clock. Trying again …
        </>
      )}
    </div>
  )
}
