import { definePage } from '../../app/page'

export const page = definePage({
  path: '/audit',
  title: 'Who changed what',
  menu: { group: 'System', order: 5 },
  load: () => import('./AuditPage'),
})
