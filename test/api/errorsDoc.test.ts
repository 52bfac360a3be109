import { errorCodes, errorMeanings } from '../../domain/errors'
import { docsTable } from './docsTable'

test('docs/errors.md lists the error codes of the code, with their status, and no others', () => {
  const expected = errorCodes.map((code) => {
    const { status, retryable, sentence } = errorMeanings[code]
    return [code, String(status), retryable ? 'yes' : 'no', sentence]
  })
  expect(docsTable('errors.md', '# Errors')).toEqual(expected)
})
