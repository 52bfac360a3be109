import { definePage } from '../../app/page'

export const page = definePage({
  path: '/integrations',
  title: 'Integrations',
  menu: { group: 'Company', order: 6 },
  load: () => import('./IntegrationsPage'),
})
