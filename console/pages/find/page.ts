import { definePage } from '../../app/page'

export const page = definePage({
  path: '/find',
  title: 'Find a customer',
  load: () => import('./FindPage'),
})
