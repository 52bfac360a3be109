import { useQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api } from '../../client/api'
import classes from './Trucks.module.css'
import type { Device, Truck } from './useTrucks'
import { whatChanges } from './whatChanges'

/** Says, before anything is saved, what another device means for the driver; nothing where it means nothing. */
export function WhatChanges({ truck, to }: { truck: Truck | null; to: Device | null }) {
  const { companyId } = useCompany()
  const settings = useQuery({
    queryKey: ['settings', companyId],
    queryFn: () => answered(api.GET('/v1/companies/{companyId}/settings', { params: { path: { companyId } } })),
  })
  const integrations = useQuery({
    queryKey: ['integrations', companyId],
    queryFn: () => answered(api.GET('/v1/companies/{companyId}/integrations', { params: { path: { companyId } } })),
  })
  const heardVendors = integrations.data?.vendors
    .filter(({ integration }) => integration?.webhookSecretSet)
    .map(({ vendor }) => vendor)
  const fallbackMinutes = settings.data?.settings.arrivals.driverFallbackAfterMinutes ?? null
  const sentences = whatChanges({ from: truck?.device ?? null, to, fallbackMinutes, heardVendors })
  return (
    <div role="status" className={classes.changes}>
      {sentences.length > 0 && (
        <>
          <h3>What changes for the driver</h3>
          <ul>
            {sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
            {truck !== null && (
              <li>
                {truck.liveRoute === undefined
                  ? 'It holds from then on, for confirmed routes too.'
                  : `It holds at once, also for ${truck.liveRoute.name}, which this truck is on today.`}
              </li>
            )}
          </ul>
        </>
      )}
    </div>
  )
}
