import { definePage } from '../../app/page'

export const page = definePage({
  path: '/trucks',
  title: 'Trucks & devices',
  menu: { group: 'Company', order: 2 },
  load: () => import('./TrucksPage'),
})
