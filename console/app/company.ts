import { createContext, useContext } from 'react'
import type { Operator } from '../client/session'
import type { Times } from '../parts/times'

/** The company whose pages are open. */
export interface Company {
  companyId: string
  name: string
  /** IANA; every time on its pages is in it. */
  zone: string
  times: Times
  operator: Operator
  /** Whether the operator may change things, or only look. */
  mayChange: boolean
}

export const CompanyContext = createContext<Company | null>(null)

/** The company whose page this is. */
export function useCompany(): Company {
  const company = useContext(CompanyContext)
  if (company === null) throw new Error('useCompany is for the pages of a company.')
  return company
}
