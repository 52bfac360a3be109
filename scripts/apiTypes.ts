import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import openApiTypes, { astToString } from 'openapi-typescript'
import { endpoints } from '../api/endpoints'
import { openApiDocument } from '../api/http/openApiDocument'

const target = join(__dirname, '..', 'console', 'client', 'apiTypes.gen.d.ts')

/**
 * `npm run api-types`: the console's types of the API, from the very document that the API serves. They are not committed:
 * every check and build makes them anew, so that a change of the API that the console does not follow fails both.
 */
export async function writeApiTypes(): Promise<void> {
  // The document is JSON, which this package wants to have as text.
  const document = JSON.stringify(openApiDocument(endpoints, 'http://localhost'))
  const header = '/* Made by scripts/apiTypes.ts from the OpenAPI document of the API. */\n'
  writeFileSync(target, header + astToString(await openApiTypes(document)))
}

if (require.main === module)
  writeApiTypes().catch((error) => {
    console.error(error)
    process.exit(1)
  })
