import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useMemo } from 'react'
import { Redirect, Route, Switch } from 'wouter'
import { answered, api } from '../client/api'
import { rememberCompany } from '../client/companies'
import { useLiveChanges } from '../client/liveChanges'
import type { Operator } from '../client/session'
import { Answered } from '../parts/Answered'
import { ErrorBoundary } from '../parts/ErrorBoundary'
import { Loading } from '../parts/Loading'
import { createTimes } from '../parts/times'
import { type Company, CompanyContext } from './company'
import { NotFound } from './NotFound'
import { pages } from './pages'
import { Shell } from './Shell'
import { useTitle } from './useTitle'

/** Everything under `/companies/{companyId}`: the frame, and in it the page that is open. */
export function CompanyPages({ companyId, operator }: { companyId: string; operator: Operator }) {
  const params = { params: { path: { companyId } } }
  const company = useQuery({
    queryKey: ['company', companyId],
    queryFn: () => answered(api.GET('/v1/companies/{companyId}', params)),
  })
  const settings = useQuery({
    queryKey: ['settings', companyId],
    queryFn: () => answered(api.GET('/v1/companies/{companyId}/settings', params)),
  })
  return (
    <Answered query={company} what="the company">
      {({ name }) => (
        <Answered query={settings} what="its settings">
          {({ settings: { timeZone, timeFormat } }) => (
            <Framed {...{ companyId, name, operator, zone: timeZone, timeFormat }} />
          )}
        </Answered>
      )}
    </Answered>
  )
}

type FramedProps = Pick<Company, 'companyId' | 'name' | 'operator' | 'zone'> & { timeFormat: '12h' | '24h' }

function Framed({ companyId, name, operator, zone, timeFormat }: FramedProps) {
  const company = useMemo<Company>(
    () => ({
      ...{ companyId, name, operator, zone },
      times: createTimes(zone, timeFormat),
      mayChange: operator.role === 'admin' || operator.role === 'dispatch',
    }),
    [companyId, name, operator, zone, timeFormat],
  )
  useLiveChanges(companyId)
  useEffect(() => rememberCompany(companyId), [companyId])
  return (
    <CompanyContext.Provider value={company}>
      <Shell>
        <Switch>
          <Route path="/">
            <Redirect to="/routes" replace />
          </Route>
          {pages.map((page) => (
            <Route key={page.path} path={page.path}>
              <Opened page={page} />
            </Route>
          ))}
          <Route component={NotFound} />
        </Switch>
      </Shell>
    </CompanyContext.Provider>
  )
}

function Opened({ page: { title, component: Component } }: { page: (typeof pages)[number] }) {
  useTitle(title)
  return (
    <ErrorBoundary>
      <Suspense fallback={<Loading what={title} />}>
        <Component />
      </Suspense>
    </ErrorBoundary>
  )
}
