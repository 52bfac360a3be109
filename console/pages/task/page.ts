import { definePage } from '../../app/page'

export const page = definePage({
  path: '/task',
  title: 'Task',
  menu: { group: 'System', order: 1 },
  load: () => import('./TaskPage'),
})
