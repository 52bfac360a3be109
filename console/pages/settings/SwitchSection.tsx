import { Badge } from '../../parts/Badge'
import { TextWithMoments } from '../../parts/TextWithMoments'
import { useTask } from '../task/useTask'
import { CheckField, SwitchField } from './fields'
import { Section } from './Section'
import classes from './settings.module.css'
import { events } from './settingsDocument'

const eventAbout = {
  confirmed: 'When to expect the truck.',
  arrived: 'The truck is there.',
  departed: 'The truck has left.',
  updated: 'A new time, once it leaves the told window.',
  cancelled: 'The stop or route is off; only to who had been told.',
}

/** What is told at all, with the health of what tells it beside the master switch. */
export function SwitchSection() {
  return (
    <Section title="What customers are told">
      <div className={classes.master}>
        <SwitchField
          path="customerNotifications"
          about="The master switch. Off: routes run and are recorded, and no customer is told."
        />
        <TaskHealth />
      </div>
      <CheckField path="smsEnabled" />
      <div className={classes.grid}>
        {events.map((event) => (
          <CheckField key={event} path={`events.${event}.enabled`} about={eventAbout[event]} />
        ))}
      </div>
    </Section>
  )
}

/** The dispatch task's green or red sentence: without the task nobody is told, whatever the switches say. */
function TaskHealth() {
  const { data: task } = useTask()
  if (task == null) return null
  const isGreen = task.health === 'green'
  return (
    <p className={classes.health} data-health={task.health}>
      <Badge tone={isGreen ? 'good' : 'bad'} symbol={isGreen ? '✓' : '!'}>
        {isGreen ? 'Task green' : 'Task red'}
      </Badge>{' '}
      <TextWithMoments text={task.healthText} />
    </p>
  )
}
