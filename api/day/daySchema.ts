import { z } from 'zod'
import {
  arrivalSources,
  deviceVendors,
  events,
  notificationStatuses,
  routeStatuses,
  stopKinds,
  stopStatuses,
} from '../../domain/words'
import { instantOut } from '../schemas/common'

const messages = z.strictObject({
  event: z.enum(events),
  status: z.enum(notificationStatuses),
  reason: z.string().optional(),
  toldByPhone: z.literal(true).optional().meta({ description: 'A person told each of their customers by phone.' }),
  count: z.int().meta({ description: 'So many messages stand alike.' }),
  plannedAt: instantOut.optional().meta({ description: 'When the earliest of them is or was due.' }),
})

const stop = z.strictObject({
  stopId: z.string(),
  kind: z.enum(stopKinds),
  status: z.enum(stopStatuses),
  scheduledAt: instantOut,
  address: z.string(),
  arrivedAt: instantOut.optional(),
  departedAt: instantOut.optional(),
  messages: z.array(messages),
})

const route = z
  .strictObject({
    routeId: z.string(),
    name: z.string(),
    status: z.enum(routeStatuses),
    truck: z.strictObject({ truckId: z.string(), name: z.string() }).optional(),
    driver: z.strictObject({ name: z.string() }).optional(),
    confirmedAt: instantOut.optional(),
    arrivalSource: z.enum(arrivalSources),
    device: z
      .strictObject({ vendor: z.enum(deviceVendors), lastEventAt: instantOut.optional() })
      .optional()
      .meta({ description: 'The GPS device of its truck, and when it was last heard.' }),
    stops: z.array(stop).meta({ description: 'Removed ones stand at the end, as `cancelled`.' }),
    messages: z.array(messages).meta({ description: 'Internal ones about the whole route.' }),
    next: z
      .strictObject({ at: instantOut, event: z.enum(events), stopId: z.string().nullable() })
      .optional()
      .meta({ description: 'The message that is due next.' }),
  })
  .meta({ id: 'DayRoute' })

export const daySchema = z
  .strictObject({
    now: instantOut.meta({ description: 'The API’s clock.' }),
    serviceDate: z.iso.date(),
    routes: z.array(route),
  })
  .meta({ id: 'Day' })
