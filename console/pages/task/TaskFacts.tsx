import { Code } from '@mantine/core'
import { Badge } from '../../parts/Badge'
import { Facts } from '../../parts/Facts'
import { Moment } from '../../parts/Moment'
import { TextWithMoments } from '../../parts/TextWithMoments'
import classes from './TaskFacts.module.css'
import type { Task } from './useTask'

/** The task with its health, in the sentence that the API has for it. */
export function TaskFacts({ task }: { task: Task }) {
  const isGreen = task.health === 'green'
  return (
    <>
      <p className={classes.health} data-health={task.health} role="status">
        <Badge tone={isGreen ? 'good' : 'bad'} symbol={isGreen ? '✓' : '!'}>
          {isGreen ? 'Green' : 'Red'}
        </Badge>
        <TextWithMoments text={task.healthText} />
      </p>
      <Facts
        of={{
          Description: task.description,
          State: task.active ? 'Active' : 'Inactive',
          Interval: `Every ${task.intervalMinutes === 1 ? 'minute' : `${task.intervalMinutes} minutes`}`,
          Priority: `${task.priority} of 5${task.priority === 1 ? ', the most urgent' : ''}`,
          'Last run': task.lastRunAt === undefined ? 'It has not run yet.' : <Moment at={task.lastRunAt} relative />,
          'Next run': task.nextRunAt === undefined ? 'None is planned.' : <Moment at={task.nextRunAt} relative />,
          'Schedule in Temporal': <Code>{task.scheduleId}</Code>,
        }}
      />
    </>
  )
}
