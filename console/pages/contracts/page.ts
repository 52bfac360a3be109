import { definePage } from '../../app/page'

export const page = definePage({
  path: '/contracts',
  title: 'Contracts',
  menu: { group: 'Company', order: 3 },
  load: () => import('./ContractsPage'),
})
