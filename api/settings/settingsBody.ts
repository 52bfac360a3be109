import type { Database } from '../../db/sql'
import { ApiProblem, type Problem } from '../../domain/errors'
import { parseSettings } from '../../domain/parseSettings'
import type { Settings } from '../../domain/settings'
import { companyOr404 } from '../companies/companyOr404'

/** Everything that is wrong with a settings document as it came, in the form of `alsoCheck`. */
export async function settingsProblems(db: Database, companyId: string, body: unknown): Promise<Problem[]> {
  const parsed = parseSettings(body, await companyOr404(db, companyId))
  return 'problems' in parsed ? parsed.problems.map(({ path, message }) => ({ path: path || 'body', message })) : []
}

/** The settings of a document in which `settingsProblems` finds none. */
export async function settingsOf(db: Database, companyId: string, body: unknown): Promise<Settings> {
  const parsed = parseSettings(body, await companyOr404(db, companyId))
  if ('problems' in parsed) throw new ApiProblem('invalid_request', undefined, parsed.problems)
  return parsed.settings
}
