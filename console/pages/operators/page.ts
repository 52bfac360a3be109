import { definePage } from '../../app/page'

export const page = definePage({
  path: '/operators',
  title: 'Operators',
  menu: { group: 'System', order: 3, for: 'admin' },
  load: () => import('./OperatorsPage'),
})
