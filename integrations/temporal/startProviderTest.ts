import type { Client } from '@temporalio/client'
import { defineSearchAttributeKey } from '@temporalio/common'
import {
  type ProviderTestTarget,
  providerTestMs,
  providerTestType,
  providerTestWorkflowId,
} from '../../domain/providerTest'

/** Starts the workflow of a stored test. A test that no worker takes in time is not made later, when nobody looks any more. */
export async function startProviderTest(
  client: Client,
  taskQueue: string,
  { companyId, testId, target }: { companyId: string; testId: string; target: ProviderTestTarget },
): Promise<void> {
  await client.workflow.start(providerTestType, {
    workflowId: providerTestWorkflowId({ companyId, testId }),
    taskQueue,
    args: [testId],
    workflowExecutionTimeout: providerTestMs,
    typedSearchAttributes: [{ key: defineSearchAttributeKey('CompanyId', 'KEYWORD'), value: companyId }],
    staticSummary: `Test of ${target} by company ${companyId}`,
  })
}
