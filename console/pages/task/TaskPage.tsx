import { Button } from '@mantine/core'
import { useState } from 'react'
import { useCompany } from '../../app/company'
import { Answered } from '../../parts/Answered'
import { Empty } from '../../parts/Empty'
import { PageHead } from '../../parts/PageHead'
import { Problem } from '../../parts/Problem'
import { TaskDialog } from './TaskDialog'
import { TaskFacts } from './TaskFacts'
import { type Task, useRunTask, useSaveTask, useTask } from './useTask'

/** The company's dispatch task: whether it is well, when it runs, and what one can do about it. */
export default function TaskPage() {
  const { mayChange } = useCompany()
  const task = useTask()
  const [editing, setEditing] = useState(false)
  const edit = () => setEditing(true)
  return (
    <>
      <PageHead
        title="Task"
        about="Starts the routes that should be running and are not, and finds out what became of messages of unknown outcome."
      >
        {task.data && mayChange && <Controls task={task.data} edit={edit} />}
      </PageHead>
      <Answered query={task} what="the task">
        {(found) =>
          found === null ? (
            <Empty title="This company has no task">
              Without one, a route that loses its workflow stays silent.
              {mayChange && (
                <div>
                  <Button mt="sm" onClick={edit}>
                    Create the task
                  </Button>
                </div>
              )}
            </Empty>
          ) : (
            <TaskFacts task={found} />
          )
        }
      </Answered>
      {editing && <TaskDialog task={task.data ?? null} onClose={() => setEditing(false)} />}
    </>
  )
}

function Controls({ task, edit }: { task: Task; edit: () => void }) {
  const run = useRunTask()
  const save = useSaveTask(({ active }) => (active ? 'The task is active.' : 'The task is inactive.'))
  const { description, active, intervalMinutes, priority } = task
  const error = run.error ?? save.error
  return (
    <>
      <Button loading={run.isPending} onClick={() => run.mutate()}>
        Run now
      </Button>
      <Button
        variant="default"
        loading={save.isPending}
        onClick={() => save.mutate({ description, intervalMinutes, priority, active: !active })}
      >
        {active ? 'Deactivate' : 'Activate'}
      </Button>
      <Button variant="default" onClick={edit}>
        Edit
      </Button>
      {error !== null && <Problem error={error} />}
    </>
  )
}
