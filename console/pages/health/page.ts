import { definePage } from '../../app/page'

export const page = definePage({
  path: '/health',
  title: 'Health',
  menu: { group: 'System', order: 2 },
  load: () => import('./HealthPage'),
})
