import { Anchor, Button } from '@mantine/core'
import { useState } from 'react'
import { Link } from 'wouter'
import { useCompany } from '../../app/company'
import { Empty } from '../../parts/Empty'
import { KeysetTable } from '../../parts/KeysetTable'
import { PageHead } from '../../parts/PageHead'
import { DeviceState } from './DeviceState'
import { TruckDialog } from './TruckDialog'
import classes from './Trucks.module.css'
import { UnlinkDialog } from './UnlinkDialog'
import { type Device, type Truck, useTrucks } from './useTrucks'
import { deviceName } from './whatChanges'

type Opened = { truck: Truck | null; linking?: boolean } | { truck: Truck; unlink: Device } | null

/** The trucks, and of each who says when it has arrived: its GPS device or its driver. */
export default function TrucksPage() {
  const { mayChange } = useCompany()
  const trucks = useTrucks()
  const [opened, setOpened] = useState<Opened>(null)
  const close = () => setOpened(null)
  const columns = [
    {
      header: 'Truck',
      cell: ({ truckId, name }: Truck) => (
        <span>
          {name} {name !== truckId && <span className={classes.id}>{truckId}</span>}
        </span>
      ),
    },
    { header: 'Device', cell: ({ device }: Truck) => (device === null ? 'None' : deviceName(device)) },
    { header: 'Last heard of', cell: (truck: Truck) => <DeviceState truck={truck} /> },
    {
      header: 'On the road today',
      cell: ({ liveRoute }: Truck) =>
        liveRoute === undefined ? (
          'No'
        ) : (
          <Anchor component={Link} href="/routes" inherit>
            {liveRoute.name}
          </Anchor>
        ),
    },
  ]
  const actions = { header: 'Change', cell: (truck: Truck) => <Actions truck={truck} open={setOpened} /> }
  return (
    <>
      <PageHead
        title="Trucks & devices"
        about="With a linked GPS device the device says when a truck arrives and departs, without one its driver does."
      >
        {mayChange && <Button onClick={() => setOpened({ truck: null })}>Add a truck</Button>}
      </PageHead>
      <KeysetTable
        what={['truck', 'trucks']}
        query={trucks}
        keyOf={({ truckId }) => truckId}
        empty={
          <Empty title="There is no truck yet">
            The dispatch back end may add them, and so may people here. A route can do without one.
          </Empty>
        }
        columns={mayChange ? [...columns, actions] : columns}
      />
      {opened !== null &&
        ('unlink' in opened ? (
          <UnlinkDialog truck={opened.truck} device={opened.unlink} onClose={close} />
        ) : (
          <TruckDialog {...opened} onClose={close} />
        ))}
    </>
  )
}

function Actions({ truck, open }: { truck: Truck; open: (opened: Opened) => void }) {
  const { name, device } = truck
  const small = (does: string, label: string, opened: Opened) => (
    <Button variant="default" size="compact-sm" aria-label={label} onClick={() => open(opened)}>
      {does}
    </Button>
  )
  return (
    <div className={classes.actions}>
      {small('Edit', `Edit ${name}`, { truck })}
      {device === null
        ? small('Link a device', `Link a device to ${name}`, { truck, linking: true })
        : small('Unlink', `Unlink the device of ${name}`, { truck, unlink: device })}
    </div>
  )
}
