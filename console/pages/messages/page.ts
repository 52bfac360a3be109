import { definePage } from '../../app/page'

export const page = definePage({
  path: '/messages',
  title: 'Messages',
  menu: { group: 'Today', order: 2 },
  load: () => import('./MessagesPage'),
})
