import { z } from 'zod'
import { missingContracts } from '../../db/contracts'
import type { Database } from '../../db/sql'
import { getTruck } from '../../db/trucks'
import type { Problem } from '../../domain/errors'
import { callersId } from '../schemas/common'
import { maximumContracts, maximumStops } from './routeBody'

/**
 * What is wrong with an unchecked route that no field shows by itself: stop ids given twice, contracts and trucks that
 * the company does not have. What cannot be read at all is the schema's to report.
 */
export async function planProblems(db: Database, companyId: string, body: unknown): Promise<Problem[]> {
  const { truckId, stops } = readable(body)
  const numbers = [...new Set(stops.flatMap(({ contracts }) => contracts.map(({ number }) => number)))]
  const missing = new Set(await missingContracts(db, companyId, numbers))
  const truckProblems: Problem[] =
    truckId === undefined || (await getTruck(db, companyId, truckId)) !== null
      ? []
      : [
          {
            path: 'truckId',
            message: `is "${truckId}", which is no truck of this company; put the truck first, or leave it out`,
          },
        ]
  return [...truckProblems, ...repeatedStops(stops), ...stops.flatMap((stop) => contractProblems(stop, missing))]
}

interface ReadableStop {
  index: number
  stopId: string | undefined
  contracts: { index: number; number: string }[]
}

const listOf = (value: unknown, most: number): unknown[] => (Array.isArray(value) ? value.slice(0, most) : [])
const fieldsOf = (value: unknown) => z.record(z.string(), z.unknown()).safeParse(value).data ?? {}
const idOf = (value: unknown) => callersId.safeParse(value).data

function readable(body: unknown): { truckId: string | undefined; stops: ReadableStop[] } {
  const { truckId, stops } = fieldsOf(body)
  return {
    truckId: idOf(truckId),
    stops: listOf(stops, maximumStops).map((stop, index) => {
      const { stopId, contracts } = fieldsOf(stop)
      return {
        index,
        stopId: idOf(stopId),
        contracts: listOf(contracts, maximumContracts).flatMap((value, place) => {
          const number = idOf(value)
          return number === undefined ? [] : [{ index: place, number }]
        }),
      }
    }),
  }
}

function repeatedStops(stops: readonly ReadableStop[]): Problem[] {
  const first = new Map<string, number>()
  return stops.flatMap(({ index, stopId }) => {
    if (stopId === undefined) return []
    const earlier = first.get(stopId)
    if (earlier === undefined) first.set(stopId, index)
    return earlier === undefined
      ? []
      : [
          {
            path: `stops.${index}.stopId`,
            message: `is "${stopId}", as is stops.${earlier}.stopId; give each stop an id of its own`,
          },
        ]
  })
}

function contractProblems({ index, contracts }: ReadableStop, missing: ReadonlySet<string>): Problem[] {
  const seen = new Set<string>()
  return contracts.flatMap(({ index: place, number }) => {
    const path = `stops.${index}.contracts.${place}`
    if (seen.has(number))
      return [{ path, message: `is "${number}", which the stop has already; name each contract once` }]
    seen.add(number)
    return missing.has(number)
      ? [{ path, message: `is "${number}", which is no contract of this company; put the contract first` }]
      : []
  })
}
