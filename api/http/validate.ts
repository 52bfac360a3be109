import type { Request } from 'express'
import { z } from 'zod'
import { ApiProblem, type Problem } from '../../domain/errors'
import type { Instant } from '../../domain/words'
import type { ApiParts } from '../apiParts'
import type { Caller } from '../auth/caller'
import type { Call, Endpoint } from './endpoint'
import { problemsOf } from './problemsOf'
import { unstorableText } from './unstorableText'

const nothing = z.strictObject({})

/** Checks all parts of a request by the endpoint's schemas; throws one problem that lists everything wrong. */
export async function validate(
  endpoint: Endpoint,
  request: Request,
  caller: Caller,
  now: Instant,
  api: ApiParts,
): Promise<Pick<Call, 'params' | 'query' | 'body'>> {
  const hasJsonBody = endpoint.method !== 'get' && (endpoint.bodyAs ?? 'json') === 'json'
  // A call without parameters needs no body.
  const body = hasJsonBody ? (request.body ?? (request.body === null ? null : {})) : undefined
  const params = check(endpoint.params ?? nothing, request.params, 'path')
  const query = check(endpoint.query ?? nothing, request.query, 'query')
  const checkedBody = hasJsonBody ? check(bodySchemaOf(endpoint), body, 'body') : { value: undefined, problems: [] }
  const problems = [...params.problems, ...query.problems, ...checkedBody.problems]
  const readable =
    params.problems.length === 0 && query.problems.length === 0 && unstorableText(body, 'body').length === 0
  if (endpoint.alsoCheck !== undefined && readable)
    problems.push(...(await endpoint.alsoCheck({ params: params.value, query: query.value, body, now, caller }, api)))
  if (problems.length > 0) throw new ApiProblem('invalid_request', summary(problems), problems)
  return { params: params.value, query: query.value, body: checkedBody.value }
}

/** Of a body that is only documented, `alsoCheck` and the handler judge what came. */
function bodySchemaOf({ body, documentedBody }: Endpoint): z.ZodType {
  return body ?? (documentedBody === undefined ? nothing : z.unknown())
}

function check(schema: z.ZodType, value: unknown, root: string): { value: unknown; problems: Problem[] } {
  const unstorable = unstorableText(value, root)
  if (unstorable.length > 0) return { value: undefined, problems: unstorable }
  const parsed = schema.safeParse(value, { reportInput: true })
  if (parsed.success) return { value: parsed.data, problems: [] }
  return { value: undefined, problems: problemsOf(parsed.error, schema, root) }
}

function summary(problems: Problem[]): string {
  const [first] = problems
  const start = first === undefined ? 'The request is not allowed.' : `${first.path} ${first.message}.`
  return problems.length > 1 ? `${start} And ${problems.length - 1} more: see "problems".` : start
}
