import { definePage } from '../../app/page'

export const page = definePage({
  path: '/api-keys',
  title: 'API keys',
  menu: { group: 'System', order: 4 },
  load: () => import('./ApiKeysPage'),
})
