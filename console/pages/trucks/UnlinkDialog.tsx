import { FormDialog } from '../../parts/FormDialog'
import { type Device, type Truck, useSaveTruck } from './useTrucks'
import { WhatChanges } from './WhatChanges'
import { deviceName } from './whatChanges'

/** Takes the device off a truck, after it has said what that means. */
export function UnlinkDialog({ truck, device, onClose }: { truck: Truck; device: Device; onClose: () => void }) {
  const { truckId, name } = truck
  const save = useSaveTruck(() => `${deviceName(device)} is unlinked from ${name}.`)
  return (
    <FormDialog
      title={`Unlink ${deviceName(device)} from ${name}?`}
      does="OK"
      onClose={onClose}
      onSubmit={(event) => {
        event?.preventDefault()
        save.mutate({ truckId, name, device: null }, { onSuccess: onClose })
      }}
      pending={save.isPending}
      error={save.error}
    >
      <WhatChanges truck={truck} to={null} />
    </FormDialog>
  )
}
