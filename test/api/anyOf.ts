import fc from 'fast-check'

/** The part of JSON Schema that the OpenAPI document uses. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  properties?: Record<string, Schema>
  required?: string[]
  additionalProperties?: boolean | Schema
  items?: Schema
  minItems?: number
  maxItems?: number
  minLength?: number
  maxLength?: number
  minimum?: number
  maximum?: number
  pattern?: string
  format?: string
}

export type Schemas = Record<string, Schema>

const formats: Record<string, fc.Arbitrary<string>> = {
  'date-time': fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString()),
  date: fc
    .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString().slice(0, 10)),
  uuid: fc.uuid(),
  uri: fc.webUrl(),
  email: fc.emailAddress(),
}

/** Values that a schema of the document allows. */
export function anyOf(schema: Schema, schemas: Schemas): fc.Arbitrary<unknown> {
  const { $ref, anyOf: any = schema.oneOf, allOf, type } = schema
  const arbitrary = (part: Schema) => anyOf(part, schemas)
  if ($ref !== undefined) return arbitrary(schemas[$ref.split('/').at(-1) ?? ''] ?? {})
  if (schema.const !== undefined) return fc.constant(schema.const)
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum)
  if (any !== undefined) return fc.oneof(...any.map(arbitrary))
  if (allOf !== undefined) return fc.tuple(...allOf.map(arbitrary)).map((parts) => Object.assign({}, ...parts))
  if (Array.isArray(type)) return fc.oneof(...type.map((each) => arbitrary({ ...schema, type: each })))
  switch (type) {
    case 'object':
      return anyObject(schema, arbitrary)
    case 'array':
      return fc.array(arbitrary(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(4, schema.maxItems ?? 4),
      })
    case 'string':
      return anyString(schema)
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -1_000, max: schema.maximum ?? 1_000 })
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    default:
      return fc.jsonValue({ maxDepth: 2 })
  }
}

function anyObject(
  { properties = {}, required = [], additionalProperties }: Schema,
  arbitrary: (part: Schema) => fc.Arbitrary<unknown>,
) {
  const known = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, part]) => [name, arbitrary(part)])),
    { requiredKeys: required.filter((name) => name in properties) },
  )
  if (typeof additionalProperties !== 'object') return known
  const further = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), arbitrary(additionalProperties), { maxKeys: 3 })
  return fc.tuple(known, further).map(([a, b]) => ({ ...b, ...a }))
}

function anyString({ pattern, format, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<string> {
  if (format !== undefined && formats[format] !== undefined) return formats[format]
  // fast-check reads no look-aheads; what one excludes is rare, and refused like any wrong value.
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern.replace(/\(\?![^)]*\)/g, '')))
  return fc.string({ minLength, maxLength: Math.max(minLength, Math.min(60, maxLength)), unit: 'binary' })
}

const oddities: unknown[] = [
  null,
  true,
  0,
  -1,
  1e308,
  2 ** 53,
  '',
  ' ',
  'x'.repeat(5_000),
  '\u0000',
  '\ud800',
  '\u202e',
  '🚚'.repeat(40),
  '{{ 1',
  '../..',
  '2026-02-30',
  '24:00',
  '+1',
  [],
  {},
  [[[[[]]]]],
  { __proto__: null, constructor: 1 },
]

/** A value with one place in it changed: removed, replaced by something odd, or given a neighbour that nobody knows. */
export function anyMutant(value: unknown): fc.Arbitrary<unknown> {
  const places = placesIn(value)
  const change = fc.oneof(
    fc.constantFrom(...oddities).map((odd) => () => odd),
    fc.constant(() => undefined),
    fc.constant((old: unknown) => (typeof old === 'object' && old !== null ? { ...old, surprise: 1 } : [old])),
  )
  return fc.tuple(fc.constantFrom(...places), change).map(([place, edit]) => changedAt(value, place, edit))
}

function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, inner]) => placesIn(inner, [...path, key]))]
}

function changedAt(value: unknown, [key, ...rest]: string[], edit: (old: unknown) => unknown): unknown {
  if (key === undefined) return edit(value)
  const copy: Record<string, unknown> = Array.isArray(value) ? ([...value] as never) : { ...(value as object) }
  copy[key] = changedAt(copy[key], rest, edit)
  return copy
}
