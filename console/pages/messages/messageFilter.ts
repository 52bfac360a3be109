import type { paths } from '../../client/apiTypes.gen'

type Query = NonNullable<paths['/v1/companies/{companyId}/notifications']['get']['parameters']['query']>

/** By what messages are looked for: in the page's address as in the API's, so that a search can be sent to somebody. */
export type MessageFilter = Pick<Query, (typeof filterNames)[number]>

export const filterNames = [
  'recipient',
  'contractNumber',
  'routeId',
  'serviceDate',
  'status',
  'event',
  'channel',
] as const

/** The filter of an address. A value that the API does not know is handed on: it says what it wants instead. */
export function readFilter(params: URLSearchParams): MessageFilter {
  const given = filterNames.map((name) => [name, params.get(name)?.trim()] as const)
  return Object.fromEntries(given.filter(([, value]) => value !== undefined && value !== '')) as MessageFilter
}

/** An address with one part changed, and everything else in it as it was; empty or null takes the part away. */
export function withParam(params: URLSearchParams, name: string, value: string | null): URLSearchParams {
  const changed = new URLSearchParams(params)
  if (value === null || value === '') changed.delete(name)
  else changed.set(name, value)
  return changed
}

/** Where the same messages are as CSV. */
export function csvAddress(companyId: string, filter: MessageFilter): string {
  const query = new URLSearchParams(filter as Record<string, string>).toString()
  return `/v1/companies/${companyId}/notifications.csv${query === '' ? '' : `?${query}`}`
}
