import { Redirect, Route, Switch } from 'wouter'
import { type Operator, useSession } from '../client/session'
import { Answered } from '../parts/Answered'
import { ChooseCompany } from './ChooseCompany'
import { CompanyPages } from './CompanyPages'
import { NotFound } from './NotFound'
import { SetPassword } from './SetPassword'
import { SignIn } from './SignIn'

/** The sign-in page for strangers; the pages of a company for everybody else. */
export function SignedIn() {
  const session = useSession()
  return (
    <Switch>
      <Route path="/set-password" component={SetPassword} />
      <Route>
        <Answered query={session} what="your session">
          {(operator) => (operator === null ? <SignIn /> : <Pages operator={operator} />)}
        </Answered>
      </Route>
    </Switch>
  )
}

function Pages({ operator }: { operator: Operator }) {
  return (
    <Switch>
      <Route path="/">
        <ChooseCompany />
      </Route>
      <Route path="/sign-in">
        <Redirect to="/" replace />
      </Route>
      <Route path="/companies">
        <Redirect to="/" replace />
      </Route>
      <Route path="/companies/:companyId" nest>
        {({ companyId }) => <CompanyPages key={companyId} companyId={companyId} operator={operator} />}
      </Route>
      <Route component={NotFound} />
    </Switch>
  )
}
