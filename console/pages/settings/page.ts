import { definePage } from '../../app/page'

export const page = definePage({
  path: '/settings',
  title: 'Customer Notifications',
  menu: { group: 'Company', order: 1 },
  load: () => import('./SettingsPage'),
})
