import { Redirect } from 'wouter'
import { useOperator } from '../client/useOperator'

/** Opens the company that was open last, or the only one. */
export function ChooseCompany() {
  const { data: operator } = useOperator()
  const companyId = operator?.companyId
  if (companyId === null || companyId === undefined) return null
  return <Redirect to={`/companies/${companyId}/routes`} replace />
}
