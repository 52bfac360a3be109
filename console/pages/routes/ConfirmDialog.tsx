import { Button, Group, Modal } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCompany } from '../../app/company'
import { answered, api } from '../../client/api'
import { Answered } from '../../parts/Answered'
import { Problem } from '../../parts/Problem'
import { Forecast } from './Forecast'
import classes from './Forecast.module.css'
import type { DayRoute } from './useDay'
import { useRouteChange } from './useRouteChange'

/** Confirms a route, after showing who will be told what and when, and who will not and why. */
export function ConfirmDialog({ route, close }: { route: DayRoute; close: () => void }) {
  const { companyId } = useCompany()
  const { routeId, name } = route
  const forecast = useQuery({
    queryKey: ['forecast', companyId, routeId],
    queryFn: () =>
      answered(
        api.GET('/v1/companies/{companyId}/routes/{routeId}/forecast', { params: { path: { companyId, routeId } } }),
      ),
    staleTime: 0,
  })
  const confirm = useRouteChange(route, 'confirm')
  return (
    <Modal opened onClose={close} size="xl" title={`Confirm route ${name}`}>
      <Answered query={forecast} what="the forecast">
        {(foreseen) => <Forecast forecast={foreseen} stops={route.stops} />}
      </Answered>
      {confirm.isError && <Problem error={confirm.error} />}
      <Group justify="flex-end" className={classes.foot}>
        <Button variant="default" onClick={close}>
          Not now
        </Button>
        <Button
          disabled={!forecast.isSuccess}
          loading={confirm.isPending}
          onClick={() => confirm.mutate(undefined, { onSuccess: close })}
        >
          Confirm the route
        </Button>
      </Group>
    </Modal>
  )
}
