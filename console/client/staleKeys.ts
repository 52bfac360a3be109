import type { QueryKey } from '@tanstack/react-query'

/** The resources that a change of one kind may show on; query keys begin with them. */
const resources: Record<string, readonly string[]> = {
  route: ['day', 'routes', 'route', 'trucks', 'stop', 'stops', 'forecast', 'not-told', 'notifications', 'task'],
  notification: ['day', 'route', 'stop', 'forecast', 'not-told', 'notifications', 'task'],
  settings: ['settings', 'forecast', 'not-told'],
  company: ['company', 'companies'],
  truck: ['trucks', 'day', 'route'],
  contract: ['contracts', 'stops', 'forecast', 'not-told', 'stop'],
  consent: ['consents', 'forecast', 'not-told', 'stop'],
  task: ['task'],
  integration: ['integrations'],
}

/** What may be out of date after a change that the live stream told; after one that it does not name, all of the company. */
export function isStale(queryKey: QueryKey, companyId: string, event: string): boolean {
  const [resource, ofCompany] = queryKey
  if (resource === 'companies') return event === 'company' || event === 'refresh'
  if (ofCompany !== companyId) return false
  return resources[event]?.includes(String(resource)) ?? true
}
