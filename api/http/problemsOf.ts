import { z } from 'zod'
import type { Problem } from '../../domain/errors'

type Issue = z.core.$ZodIssue

/** The problems of a value that `schema` refused, in the words of this API. */
export function problemsOf(error: z.ZodError, schema: z.ZodType, root: string): Problem[] {
  return error.issues.flatMap((issue) => problemsOfIssue(issue, schema, root))
}

function problemsOfIssue(issue: Issue, schema: z.ZodType, root: string): Problem[] {
  const path = pathOf(issue.path, root)
  if (issue.code !== 'unrecognized_keys') return [{ path, message: messageOf(issue) }]
  const known = fieldsAt(schema, issue.path)
  const allowed = known.length === 0 ? 'none is allowed here' : `allowed are ${known.join(', ')}`
  return issue.keys.map((key) => ({
    path: pathOf([...issue.path, key], root),
    message: `is not a known field; ${allowed}. Remove it or correct its name`,
  }))
}

/** `stops.2.kind` of a body; other parts of a request say which one: `query.limit`. The whole body is `body`. */
export function pathOf(path: readonly PropertyKey[], root: string): string {
  if (path.length === 0) return root
  return (root === 'body' ? path : [root, ...path]).map(String).join('.')
}

function messageOf(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return `is missing; it must be ${article(issue.expected)}`
      return `must be ${article(issue.expected)}, is ${shown(issue.input)}`
    case 'invalid_value':
      return `must be ${issue.values.map((value) => shown(value)).join(' or ')}, ${
        issue.input === undefined ? 'is missing' : `is ${shown(issue.input)}`
      }`
    case 'too_big':
      return `must ${limit(issue.origin, `at most ${issue.maximum}`)}, ${size(issue.input)}`
    case 'too_small':
      return `must ${limit(issue.origin, `at least ${issue.minimum}`)}, ${size(issue.input)}`
    case 'invalid_key':
      return issue.issues.map(({ message }) => message).join('; ')
    case 'invalid_union':
      return unionMessage(issue)
    default:
      return issue.input === undefined || issue.code === 'custom'
        ? issue.message
        : `${issue.message}, is ${shown(issue.input)}`
  }
}

function unionMessage(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  const choices = [...new Set(issue.errors.flatMap((issues) => issues.slice(0, 1).map((first) => messageOf(first))))]
  return choices.length === 0 ? issue.message : choices.join('; or ')
}

const article = (expected: string) => (/^[aeiou]/.test(expected) ? `an ${expected}` : `a ${expected}`)

function limit(origin: string, bound: string): string {
  if (origin === 'string') return `have ${bound} characters`
  return origin === 'array' || origin === 'set' ? `have ${bound} items` : `be ${bound}`
}

function size(value: unknown): string {
  return typeof value === 'string' || Array.isArray(value) ? `has ${value.length}` : `is ${shown(value)}`
}

/** A value, short enough to be read in a sentence. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object' && value !== null) return 'an object'
  const text = JSON.stringify(value) ?? String(value)
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`
}

/** The fields that an object may have at `path`; through lists and optional parts. */
function fieldsAt(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  let current: unknown = schema
  for (const part of path) {
    current = unwrapped(current)
    if (current instanceof z.ZodArray) current = current.element
    else if (current instanceof z.ZodObject) current = current.shape[String(part)]
    else return []
  }
  current = unwrapped(current)
  return current instanceof z.ZodObject ? Object.keys(current.shape) : []
}

function unwrapped(schema: unknown): unknown {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault)
    return unwrapped(schema.unwrap())
  if (schema instanceof z.ZodPipe) return unwrapped(schema.in)
  return schema
}
