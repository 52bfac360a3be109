import { definePage } from '../../app/page'

export const page = definePage({
  path: '/routes/:routeId/stops/:stopId',
  title: 'Stop',
  load: () => import('./StopPage'),
})
