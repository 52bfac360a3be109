import type { StopKind, WallTime } from '../../../domain/words'

/** A route of the demo's lively day. */
export interface PlannedRoute {
  routeId: string
  name: string
  truckId: string
  driver: string
  /** When its first stop is, and how far apart the others are. */
  first: WallTime
  everyMinutes: number
  /** How late the truck comes, from each stop to the next. */
  lateByMinutes: number[]
  /** Customers, a stop each; two with `+` between them share one. */
  customers: string[]
}

/**
 * What a day looks like at a store with a few trucks: one on time, one late, two that GPS reports of, one that takes it
 * easy, an afternoon that nobody has confirmed yet, and one that was called off.
 */
export const routesOfTheDay: PlannedRoute[] = [
  {
    ...{ routeId: 'north', name: 'North', truckId: 'T3', driver: 'Maria', first: '08:00', everyMinutes: 40 },
    lateByMinutes: [2, 4, 3, 1, 5],
    customers: ['Olivia Reed', 'Baker Construction', 'Noah Kim', 'Grace Patel', 'Hill Country Weddings', 'Leo Brandt'],
  },
  {
    ...{ routeId: 'south', name: 'South', truckId: 'T4', driver: 'Dwayne', first: '08:15', everyMinutes: 35 },
    lateByMinutes: [10, 25, 35, 40, 50],
    customers: [
      'Ava Moreno',
      'Ethan Cole',
      'Lone Star Events',
      'Mia Castillo+First Baptist Hall',
      'Jack Doyle',
      'Zoe Tran',
    ],
  },
  {
    ...{ routeId: 'east', name: 'East', truckId: 'T5', driver: 'Priya', first: '09:00', everyMinutes: 45 },
    lateByMinutes: [0, -3, 2, 6],
    customers: ['Emma Novak', 'Riverside School', 'Liam Walsh', 'Pecan Street Fair', 'Nora Haddad'],
  },
  {
    ...{ routeId: 'west', name: 'West', truckId: 'T6', driver: 'Tom', first: '09:30', everyMinutes: 50 },
    lateByMinutes: [1, 8, 4],
    customers: ['Henry Ortiz', 'Bluebonnet Builders', 'Ruth Klein', 'Amir Shah'],
  },
  {
    ...{ routeId: 'lake', name: 'Lake Travis', truckId: 'T7', driver: 'Bea', first: '10:00', everyMinutes: 60 },
    lateByMinutes: [5, 5],
    customers: ['Isla Murphy', 'Marina Grill+Lakeway Rentals', 'Oscar Lund', 'Vera Santos'],
  },
  {
    ...{ routeId: 'downtown', name: 'Downtown', truckId: 'T8', driver: 'Cem', first: '13:00', everyMinutes: 30 },
    lateByMinutes: [0],
    customers: ['Congress Hotel', 'Max Fischer', 'Paloma Ruiz', 'Ivy League Prep', 'Sofia Rossi'],
  },
  {
    ...{ routeId: 'pickups', name: 'Pickups', truckId: 'T9', driver: 'Lena', first: '14:00', everyMinutes: 30 },
    lateByMinutes: [0],
    customers: ['Ethan Cole', 'Riverside School', 'Congress Hotel', 'Amir Shah'],
  },
  {
    ...{ routeId: 'hillside', name: 'Hillside', truckId: 'T9', driver: 'Lena', first: '11:30', everyMinutes: 45 },
    lateByMinutes: [0],
    customers: ['Quinn Abbott', 'Tara Singh'],
  },
]

/** Waits for the dispatcher, with its forecast. */
export const unconfirmed = 'pickups'
/** Confirmed on the day itself. */
export const lateConfirmed = 'downtown'
/** Called off on the day before. */
export const calledOff = 'hillside'

export function routeOfTheDay(routeId: string): PlannedRoute {
  const found = routesOfTheDay.find((route) => route.routeId === routeId)
  if (found === undefined) throw new Error(`There is no route ${routeId} on the demo's day.`)
  return found
}

/** Whose trucks report by themselves. */
export const trucksWithGps = ['T5', 'T6']

/** Customers with whom something is the matter. */
export const troubled = {
  noSuchNumber: 'Noah Kim',
  phoneSwitchedOff: 'Ethan Cole',
  saidStop: 'Mia Castillo',
  withoutAddress: 'Liam Walsh',
  onlyEmail: 'Grace Patel',
} as const

const everybody = [...new Set(routesOfTheDay.flatMap(({ customers }) => customers).flatMap(namesAt))]

/** The names at one stop. */
export function namesAt(customers: string): string[] {
  return customers.split('+')
}

/** What is known of every customer of the day. */
export const customersOfTheDay = everybody.map((name, index) => ({
  name,
  contract: contractOf(name),
  sms: `+1512555${String(200 + index).padStart(4, '0')}`,
  email: `${name.toLowerCase().replaceAll(' ', '.')}@example.com`,
}))

export type CustomerOfTheDay = (typeof customersOfTheDay)[number]

export function contractOf(name: string): string {
  return `C-${2001 + everybody.indexOf(name)}`
}

export function customerNamed(name: string): CustomerOfTheDay {
  const found = customersOfTheDay.find((each) => each.name === name)
  if (found === undefined) throw new Error(`Nobody is called ${name} on the demo's day.`)
  return found
}

const streets = ['Burnet Rd', 'Lamar Blvd', 'Oak Springs Dr', 'Duval St', 'Manor Rd', 'Bee Caves Rd', 'Slaughter Ln']

export function streetAddress(route: number, stop: number): string {
  return `${1200 + route * 340 + stop * 27} ${streets[(route + stop) % streets.length]}, Austin`
}

/** What is delivered or picked up: most of a morning is deliveries. */
export function kindOf({ routeId }: PlannedRoute, stop: number): StopKind {
  return routeId === 'pickups' || stop % 4 === 3 ? 'pickup' : 'delivery'
}
