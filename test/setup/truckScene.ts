import { handOffsOfRoute } from '../../db/handOffViews'
import { putIntegration } from '../../db/integrations'
import { putRoute } from '../../db/putRoute'
import { putTruck } from '../../db/trucks'
import type { Device } from '../../domain/handOffDocument'
import { dateOf } from '../../domain/schedule/zonedTime'
import type { DeviceVendor, Instant } from '../../domain/words'
import { sealSecret } from '../../integrations/secrets/integrationSecrets'
import { encryptionKey } from './innerWorker'
import { setScene, zone } from './scene'
import type { World } from './startWorld'

export interface PlacedStop {
  stopId: string
  at: Instant
}

type TruckSceneOptions = NonNullable<Parameters<typeof setScene>[1]> & { device?: Device | null }

export type TruckScene = Awaited<ReturnType<typeof setTruckScene>>

/** A scene whose route is on truck T1, with a device of a vendor to which the company hands routes off. */
export async function setTruckScene(world: World, { device = null, ...options }: TruckSceneOptions = {}) {
  const { db } = world
  const scene = await setScene(world, options)
  const { companyId, ref } = scene
  const truckScene = {
    ...scene,
    async link(truckId: string, of: Device | null): Promise<void> {
      await putTruck(db, companyId, { truckId, name: truckId, device: of })
    },
    async connect(
      vendor: DeviceVendor,
      {
        apiToken,
        webhookSecret,
        ...addresses
      }: Partial<Record<'apiToken' | 'webhookSecret' | 'apiUrl' | 'handOffUrl', string>>,
    ): Promise<void> {
      const sealed = (field: 'apiToken' | 'webhookSecret', secret: string | undefined) =>
        secret === undefined ? null : sealSecret(secret, [encryptionKey], { companyId, vendor, field })
      await putIntegration(db, companyId, {
        vendor,
        apiToken: sealed('apiToken', apiToken),
        webhookSecret: sealed('webhookSecret', webhookSecret),
        apiUrl: addresses.apiUrl ?? null,
        handOffUrl: addresses.handOffUrl ?? null,
      })
    },
    /** The route with these stops, each at a place of its own. */
    async plan(stops: PlacedStop[], truckId: string | null = 'T1'): Promise<void> {
      await db.transaction((trx) =>
        putRoute(trx, companyId, {
          routeId: ref.routeId,
          name: 'North',
          serviceDate: dateOf(stops[0]?.at ?? 0, zone),
          truckId,
          driverName: 'Dan Driver',
          stops: stops.map(({ stopId, at }, index) => ({
            stopId,
            kind: 'delivery',
            scheduledAt: at,
            address: `${index + 1} Main St, Austin`,
            timeZone: null,
            location: { latitude: 30 + index / 100, longitude: -97 },
            geofenceId: null,
            contractNumbers: ['C1'],
          })),
        }),
      )
    },
    async change(stops: PlacedStop[], truckId: string | null = 'T1'): Promise<void> {
      await truckScene.plan(stops, truckId)
      await world.tell(ref, 'planChanged')
    },
    handOffs: () => handOffsOfRoute(db, ref),
  }
  await truckScene.link('T1', device)
  return truckScene
}
