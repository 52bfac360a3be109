import { historyToJSON } from '@temporalio/common/lib/proto-utils'
import { rows } from '../../db/sql'
import type { World } from './startWorld'

/** Everything that Temporal keeps of the world's routes, as an operator could read it: payloads are decoded. */
export async function allHistories(world: World): Promise<string> {
  const histories = await world.histories()
  const decoded = histories.flatMap((history) => {
    const json = JSON.stringify(historyToJSON(history))
    const payloads = [...json.matchAll(/"data":"([A-Za-z0-9+/=]+)"/g)]
    return [json, ...payloads.map(([, data]) => Buffer.from(data ?? '', 'base64').toString())]
  })
  return decoded.join('\n')
}

/** Whatever the database knows of people: names, addresses of every kind, what was written to them. */
async function personalData({ db }: World): Promise<string[]> {
  const found = await rows<{ words: string | null }>(
    db,
    `SELECT customer_name AS words FROM contracts UNION SELECT address FROM delivery_notifications
     UNION SELECT address FROM notifications UNION SELECT text FROM notifications UNION SELECT subject FROM notifications
     UNION SELECT address FROM stops UNION SELECT phone FROM companies`,
  )
  return found.flatMap(({ words }) => (words ? [words] : []))
}

/** The personal data of this world that Temporal's histories hold: there must be none. */
export async function personalDataInHistories(world: World): Promise<{ searched: number; found: string[] }> {
  const histories = await allHistories(world)
  const words = await personalData(world)
  return { searched: words.length, found: words.filter((word) => histories.includes(word)) }
}
