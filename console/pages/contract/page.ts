import { definePage } from '../../app/page'

export const page = definePage({
  path: '/contracts/:number',
  title: 'Contract',
  load: () => import('./ContractPage'),
})
