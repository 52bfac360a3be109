import { ScheduleNotFoundError, type WorkflowHandle } from '@temporalio/client'
import { rows } from '../../db/sql'
import { scheduleIdOf } from '../../domain/dispatchTask'
import type { World } from './startWorld'

/** Everything that Temporal keeps of the world's routes and task runs, as an operator could read it: payloads are decoded. */
export async function allHistories(world: World): Promise<string> {
  return stringsIn(await world.histories()).join('\n')
}

/**
 * Everything that Temporal knows of this world: the histories with their inputs, results, failures, summaries and markers;
 * of each run its search attributes, its memo and what Temporal's UI shows of it at present; and the companies' schedules.
 */
export async function everythingInTemporal(world: World): Promise<string> {
  const found: unknown[] = [await world.histories()]
  for await (const { workflowId, runId, raw } of world.client.workflow.list({
    query: `TaskQueue = '${world.taskQueue}'`,
  })) {
    const handle = world.client.workflow.getHandle(workflowId, runId)
    found.push(raw, (await handle.describe()).raw, await shownOf(handle))
  }
  for (const { companyId } of await rows<{ companyId: string }>(
    world.db,
    'SELECT company_id AS "companyId" FROM companies',
  ))
    found.push(await scheduleOf(world, companyId))
  return stringsIn(found).join('\n')
}

/** The current details and what else a workflow tells the UI of itself. */
async function shownOf(handle: WorkflowHandle): Promise<unknown> {
  return handle.query('__temporal_workflow_metadata')
}

async function scheduleOf(world: World, companyId: string): Promise<unknown> {
  try {
    return (await world.client.schedule.getHandle(scheduleIdOf(companyId)).describe()).raw
  } catch (error) {
    if (error instanceof ScheduleNotFoundError) return null
    throw error
  }
}

/** Every string anywhere in a value, those in payloads too: as they are stored, and as they read when decoded. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (value instanceof Uint8Array) {
    const text = Buffer.from(value).toString()
    return [text, ...stringsIn(parsed(text))]
  }
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) => [name, ...stringsIn(inner)])
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** Whatever the database knows of people: names, addresses of every kind, what was written to them or said of them. */
async function personalData({ db }: World): Promise<string[]> {
  const found = await rows<{ words: string | null }>(
    db,
    `SELECT customer_name AS words FROM contracts UNION SELECT value FROM contracts, jsonb_each_text(fields)
     UNION SELECT address FROM delivery_notifications UNION SELECT address FROM consents UNION SELECT note FROM consents
     UNION SELECT address FROM notifications UNION SELECT text FROM notifications UNION SELECT subject FROM notifications
     UNION SELECT resend_reason FROM notifications UNION SELECT message FROM attempts
     UNION SELECT message FROM hand_off_attempts UNION SELECT address FROM stops UNION SELECT driver_name FROM routes
     UNION SELECT name FROM companies UNION SELECT phone FROM companies
     UNION SELECT person ->> 'address' FROM settings_versions,
       jsonb_array_elements(coalesce(document -> 'internalRecipients', '[]')) AS person`,
  )
  return found.flatMap(({ words }) => (words ? spellings(words) : []))
}

/** As it is, line by line, and a number without its country. */
function spellings(words: string): string[] {
  const lines = words.split('\n').filter((line) => line !== '')
  return /^\+1\d{10}$/.test(words) ? [words, words.slice(2)] : [...new Set([words, ...lines])]
}

/** The personal data of this world, and `more` of it, that Temporal holds: there must be none. */
export async function personalDataInTemporal(
  world: World,
  more: string[] = [],
): Promise<{ searched: number; found: string[] }> {
  const kept = await everythingInTemporal(world)
  const words = [...(await personalData(world)), ...more]
  return { searched: words.length, found: words.filter((word) => kept.includes(word)) }
}
