import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow'

interface Marks {
  mark(): Promise<void>
}

const { mark } = proxyActivities<Marks>({ startToCloseTimeout: '10s' })

export const nudge = defineSignal('nudge')

/** The least that a workflow can do on a signal: one activity. What everything else is measured against. */
export async function bare(): Promise<void> {
  let nudged = false
  setHandler(nudge, () => {
    nudged = true
  })
  await condition(() => nudged)
  await mark()
}
