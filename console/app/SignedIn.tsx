import { Redirect, Route, Switch } from 'wouter'
import { useOperator } from '../client/useOperator'
import { Failed } from '../parts/Failed'
import { Loading } from '../parts/Loading'
import { ChooseCompany } from './ChooseCompany'
import { CompanyPages } from './CompanyPages'
import { NotFound } from './NotFound'
import { SignIn } from './SignIn'

/** The sign-in page for strangers; the pages of a company for everybody else. */
export function SignedIn() {
  const session = useOperator()
  if (session.isPending) return <Loading what="your session" />
  if (session.isError) return <Failed error={session.error} retry={session.refetch} />
  if (session.data === null) return <SignIn />
  return (
    <Switch>
      <Route path="/" component={ChooseCompany} />
      <Route path="/sign-in">
        <Redirect to="/" replace />
      </Route>
      <Route path="/companies/:companyId" nest>
        {({ companyId }) => <CompanyPages key={companyId} companyId={companyId} operator={session.data as never} />}
      </Route>
      <Route component={NotFound} />
    </Switch>
  )
}
