import { definePage } from '../../app/page'

export const page = definePage({
  path: '/consents',
  title: 'Consents',
  menu: { group: 'Company', order: 5 },
  load: () => import('./ConsentsPage'),
})
