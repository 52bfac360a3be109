import { useMutation } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api } from '../../client/api'
import { FormDialog } from '../../parts/FormDialog'
import { Moment } from '../../parts/Moment'
import { ShownOnce } from '../../parts/ShownOnce'
import type { DayRoute } from './useDay'

/** Makes a link to the driver's page of a route, and shows it, once. */
export function DriverLinkDialog({
  route: { routeId, name, status, driver, arrivalSource },
  close,
}: {
  route: DayRoute
  close: () => void
}) {
  const { companyId } = useCompany()
  const make = useMutation({
    mutationFn: () =>
      answered(
        api.POST('/v1/companies/{companyId}/routes/{routeId}/driver-link', {
          params: { path: { companyId, routeId } },
        }),
      ),
  })
  const title = `Driver’s link of route ${name}`
  if (make.data !== undefined)
    return (
      <ShownOnce title={title} secret={make.data.url} onClose={close}>
        <p>
          Copy the link now: it is shown this once. It is valid until <Moment at={make.data.expiresAt} relative />.
        </p>
      </ShownOnce>
    )
  return (
    <FormDialog
      title={title}
      does="Make the link"
      onClose={close}
      onSubmit={(event) => {
        event?.preventDefault()
        make.mutate()
      }}
      pending={make.isPending}
      error={make.error}
    >
      <p>
        On a phone, without signing in, whoever has the link sees the stops of this route and reports them arrived,
        departed or skipped. They see no customer’s name, number or message, and no other route.
      </p>
      {status === 'planned' && <p>Until the route is confirmed the driver sees it, and can report nothing.</p>}
      {arrivalSource === 'geofence' && (
        <p>GPS decides for the truck of this route: the driver sees the stops, and may only report one as skipped.</p>
      )}
      <p>Send it to {driver?.name ?? 'the driver'} alone. Each link is shown once; earlier ones go on working.</p>
    </FormDialog>
  )
}
