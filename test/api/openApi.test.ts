import { endpoints } from '../../api/endpoints'
import { openApiDocument } from '../../api/http/openApiDocument'

interface Operation {
  operationId: string
  summary: string
  responses: Record<string, unknown>
  parameters?: { name: string; in: string }[]
}

describe('the OpenAPI document', () => {
  const document = openApiDocument(endpoints, 'https://dispatch.example.com')
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, operation]) => ({ path, method, operation })),
  )

  test('names every operation once, in words', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { operation } of operations) expect(operation.summary).not.toBe('')
  })

  test('declares every parameter of every path', () => {
    for (const { path, method, operation } of operations) {
      const declared = (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'path')
        .map(({ name }) => name)
      expect({ path, method, declared: declared.sort() }).toEqual({
        path,
        method,
        declared: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort(),
      })
    }
  })

  test('refers to nothing that is not in it', () => {
    const text = JSON.stringify(document)
    const schemas = document.components?.schemas ?? {}
    for (const [, name = ''] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g))
      expect(schemas).toHaveProperty(name)
    expect(document.openapi).toBe('3.1.0')
  })

  test('asks for no field that may be left out', () => {
    const settings = document.components?.schemas?.SettingsBody as unknown as {
      properties: { holidayCalendar: unknown }
    }
    const calendar = JSON.stringify(settings.properties.holidayCalendar)
    expect(calendar).toContain('"required":["country"]')
  })

  test('says of every call how it may fail', () => {
    for (const { path, method, operation } of operations) {
      expect({ path, method, has500: '500' in operation.responses }).toEqual({ path, method, has500: true })
      if (path.startsWith('/v1')) expect(operation.responses).toHaveProperty('503')
    }
  })
})
