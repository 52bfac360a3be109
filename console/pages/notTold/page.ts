import { definePage } from '../../app/page'

export const page = definePage({
  path: '/not-told',
  title: 'Could not be told',
  menu: { group: 'Today', order: 3 },
  load: () => import('./NotToldPage'),
})
