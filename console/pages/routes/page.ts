import { definePage } from '../../app/page'

export const page = definePage({
  path: '/routes',
  title: 'Routes',
  menu: { group: 'Today', order: 1 },
  load: () => import('./RoutesPage'),
})
