import type { z } from 'zod'
import type { ErrorCode, Problem } from '../../domain/errors'
import type { Instant } from '../../domain/words'
import type { ApiParts } from '../apiParts'
import type { Caller, Role } from '../auth/caller'

/** What an endpoint answers. A body is sent as JSON, a text or a stream as its `contentType`. */
export interface Answer {
  status: number
  body?: unknown
  text?: { contentType: string; content: string }
  /** Sent piece by piece, no faster than the caller takes it; `signal` ends it when the caller has gone. */
  stream?: { contentType: string; content: (signal: AbortSignal) => AsyncIterable<string>; waitsForNews?: boolean }
  headers?: Record<string, string | string[]>
}

/** A validated request, as its handler sees it. */
export interface Call<Params = unknown, Query = unknown, Body = unknown> {
  params: Params
  query: Query
  body: Body
  caller: Caller
  /** The API's clock at the start of the request. */
  now: Instant
  header(name: string): string | undefined
  /** The address that was called, as seen from outside, with its query. */
  url: string
  /** Whether the caller might still make this call: an answer that takes long must end when a key or session does. */
  stillAllowed(): Promise<boolean>
  /** The body as it came, of endpoints that check a signature over it. */
  rawBody: Buffer
}

/**
 * Who may call: keys and operators of these roles; whoever signs as the vendor that the handler verifies, or has the
 * password or token that it checks; or anybody.
 * `byLink` is for a driver's link, which reaches nothing else.
 * Of a company's resources (`{companyId}` in the path) a key of another company sees nothing at all.
 */
export type Access = { roles: readonly Role[]; byLink?: boolean } | 'signature' | 'credentials' | 'anybody'

/** An answer as the OpenAPI document shows it. */
interface AnswerDescription {
  description: string
  schema?: z.ZodType
  /** JSON without it. */
  contentType?: string
  headers?: Record<string, string>
}

interface Description {
  method: 'get' | 'put' | 'post' | 'patch' | 'delete'
  /** With parameters in braces, as OpenAPI writes them. */
  path: string
  tag: string
  summary: string
  description?: string
  access: Access
  answers: Record<number, AnswerDescription>
  /** The codes with which it can fail besides those that every endpoint has. */
  errors?: readonly ErrorCode[]
  /** Default JSON. `raw` and `form` bodies are read by the handler, after it has checked their signature. */
  bodyAs?: 'json' | 'raw' | 'form'
  /** What the OpenAPI document shows of a body that no schema checks but `alsoCheck` and the handler do. */
  documentedBody?: z.ZodType
  /** It makes a worker call a provider: a handful of such calls a minute for one company. */
  testsProvider?: boolean
  /** The answer holds a secret: an Idempotency-Key keeps it encrypted. */
  secretAnswer?: boolean
}

export interface Endpoint extends Description {
  params?: z.ZodObject
  query?: z.ZodObject
  body?: z.ZodType
  alsoCheck?(call: Pick<Call, 'params' | 'query' | 'body' | 'now' | 'caller'>, api: ApiParts): Promise<Problem[]>
  handle(call: Call, api: ApiParts): Promise<Answer>
}

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : unknown

interface Definition<
  Params extends z.ZodObject | undefined,
  Query extends z.ZodObject | undefined,
  Body extends z.ZodType | undefined,
> extends Description {
  params?: Params
  query?: Query
  body?: Body
  /**
   * What a schema cannot see, so that all problems of a request are listed at once. `body` is what came, checked by
   * nobody: take what can be used and leave the rest to the schema.
   */
  alsoCheck?(
    call: Pick<Call<Output<Params>, Output<Query>>, 'params' | 'query' | 'body' | 'now' | 'caller'>,
    api: ApiParts,
  ): Promise<Problem[]>
  handle(call: Call<Output<Params>, Output<Query>, Output<Body>>, api: ApiParts): Promise<Answer>
}

/**
 * Declares an endpoint once; its express route (`mountEndpoints`) and its part of the OpenAPI document
 * (`openApiDocument`) both come from the declaration, so neither can drift.
 */
export function defineEndpoint<
  Params extends z.ZodObject | undefined = undefined,
  Query extends z.ZodObject | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(definition: Definition<Params, Query, Body>): Endpoint {
  // The route validates with these very schemas before it calls, so the handler's types hold.
  return definition as unknown as Endpoint
}
