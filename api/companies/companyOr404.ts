import { type Company, getCompany } from '../../db/companies'
import type { Database } from '../../db/sql'
import { ApiProblem } from '../../domain/errors'

/** The company of a path; a key for every company may well name one that does not exist. */
export async function companyOr404(db: Database, companyId: string): Promise<Company> {
  const company = await getCompany(db, companyId)
  if (company === null)
    throw new ApiProblem(
      'not_found',
      `There is no company "${companyId}". Create it with PUT /v1/companies/${companyId}.`,
    )
  return company
}
