import { useQuery } from '@tanstack/react-query'
import { answered, api } from './api'

/** The companies that the operator may see, by name. The first 200: who has more types the address. */
export function useCompanies() {
  return useQuery({
    queryKey: ['companies'],
    queryFn: () => answered(api.GET('/v1/companies', { params: { query: { limit: 200 } } })),
    select: ({ items }) => [...items].sort((a, b) => a.name.localeCompare(b.name)),
    staleTime: 300_000,
  })
}

const lastKey = 'console-company'

/** The company that was open last in this browser. */
export function lastCompany(): string | null {
  return localStorage.getItem(lastKey)
}

export function rememberCompany(companyId: string): void {
  localStorage.setItem(lastKey, companyId)
}
