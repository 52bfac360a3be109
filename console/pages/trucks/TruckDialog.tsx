import { NativeSelect, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { FormDialog } from '../../parts/FormDialog'
import { fieldErrors } from '../../parts/fieldErrors'
import { type Device, type Truck, useSaveTruck } from './useTrucks'
import { WhatChanges } from './WhatChanges'

const sources = [
  { value: '', label: 'The driver’s buttons' },
  { value: 'samsara', label: 'A Samsara device' },
  { value: 'traccar', label: 'A Traccar device' },
  { value: 'generic', label: 'Another GPS device (generic webhook)' },
]

const whatItsIdIs: Record<Device['vendor'], string> = {
  samsara: 'The vehicle’s id at Samsara',
  traccar: 'The device’s unique id (identifier) in Traccar',
  generic: 'deviceId in the vendor’s events',
}

type Vendor = Device['vendor'] | ''

interface TruckDialogProps {
  truck: Truck | null
  /** It was opened to link a device. */
  linking?: boolean
  onClose: () => void
}

/** Adds a truck, or changes its name and the device that is linked to it. */
export function TruckDialog({ truck, linking = false, onClose }: TruckDialogProps) {
  const save = useSaveTruck(({ name }) => (truck === null ? `${name} is added.` : `${name} is saved.`))
  const vendor: Vendor = truck?.device?.vendor ?? (linking ? 'samsara' : '')
  const form = useForm({
    initialValues: {
      truckId: truck?.truckId ?? '',
      name: truck?.name ?? '',
      device: { vendor, deviceId: truck?.device?.deviceId ?? '' },
    },
    validate: {
      // A part of the address that is called: "" or ".." would be another one.
      truckId: (id) => (/^(?!\.{1,2}$)[\w.-]{1,64}$/.test(id) ? null : 'must be 1 to 64 of A–Z a–z 0–9 . _ -'),
    },
  })
  const { device } = form.values
  const linked = device.vendor === '' ? null : { vendor: device.vendor, deviceId: device.deviceId.trim() }
  const submit = form.onSubmit(({ truckId, name }) =>
    save.mutate(
      { truckId, name, device: linked, isNew: truck === null },
      {
        onSuccess: onClose,
        onError: (error) => {
          const { 'path.truckId': idError, ...errors } = fieldErrors(error)
          form.setErrors(idError === undefined ? errors : { ...errors, truckId: idError })
        },
      },
    ),
  )
  return (
    <FormDialog
      title={truck === null ? 'Add a truck' : linking ? `Link a device to ${truck.name}` : `Edit ${truck.name}`}
      does={truck === null ? 'Add' : 'OK'}
      onClose={onClose}
      onSubmit={submit}
      pending={save.isPending}
      error={save.error}
      shownElsewhere={['path.truckId', 'name', 'device.vendor', 'device.deviceId']}
    >
      {truck === null && (
        <TextInput
          label="Truck id"
          description="As the dispatch back end knows it. It stays."
          required
          data-autofocus
          {...form.getInputProps('truckId')}
        />
      )}
      {!linking && (
        <TextInput
          label="Name"
          description="Customers read it where a message has truck.name"
          required
          data-autofocus={truck !== null || undefined}
          {...form.getInputProps('name')}
        />
      )}
      <NativeSelect label="Who says when it has arrived" data={sources} {...form.getInputProps('device.vendor')} />
      {device.vendor !== '' && (
        <TextInput
          label="Device id"
          description={whatItsIdIs[device.vendor]}
          required
          {...form.getInputProps('device.deviceId')}
        />
      )}
      <WhatChanges truck={truck} to={linked} />
    </FormDialog>
  )
}
