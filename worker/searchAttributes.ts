import type { ConnectionLike } from '@temporalio/client'
import { searchAttributes } from '../domain/routeWorkflow'

/** `temporal.api.enums.v1.IndexedValueType`. */
const indexedTypes = { KEYWORD: 2, KEYWORD_LIST: 7 } as const

/**
 * Registers the search attributes by which operators find routes, those that the namespace lacks. Needed before the first
 * route starts; harmless when repeated or done by two processes at once.
 */
export async function registerSearchAttributes(
  connection: Required<Pick<ConnectionLike, 'operatorService'>>,
  namespace: string,
): Promise<void> {
  const { operatorService } = connection
  const { customAttributes } = await operatorService.listSearchAttributes({ namespace })
  const missing = Object.entries(searchAttributes).filter(([name]) => !(name in (customAttributes ?? {})))
  if (missing.length === 0) return
  await operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(missing.map(([name, type]) => [name, indexedTypes[type]])),
  })
}
