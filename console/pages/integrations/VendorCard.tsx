import { Button } from '@mantine/core'
import { useState } from 'react'
import { useCompany } from '../../app/company'
import { answered, api, type Shown } from '../../client/api'
import { Facts } from '../../parts/Facts'
import { Moment } from '../../parts/Moment'
import { vendorWords } from '../../parts/words'
import { Card } from './Card'
import { IntegrationDialog } from './IntegrationDialog'
import classes from './integrations.module.css'
import { RemoveDialog } from './RemoveDialog'
import { TestOutcome } from './TestOutcome'
import { useProviderTest } from './useProviderTest'
import { fields, vendors } from './vendors'
import { WebhookAddress } from './WebhookAddress'

/** A vendor of GPS devices, as far as the company has set it up. */
export function VendorCard({ vendor, webhookUrl, integration }: Shown['Integrations']['vendors'][number]) {
  const { mayChange } = useCompany()
  const title = vendorWords[vendor]
  const { about, fields: held } = vendors[vendor]
  return (
    <Card title={title} about={about} ready={integration !== undefined}>
      <WebhookAddress label="Webhook address, to be entered there" url={webhookUrl} of={title} />
      <Facts
        of={{
          ...Object.fromEntries(held.map((field) => [fields[field].label, fields[field].shown(integration)])),
          ...(integration !== undefined && { 'Last changed': <Moment at={integration.updatedAt} /> }),
        }}
      />
      {mayChange && <Controls vendor={vendor} integration={integration} />}
    </Card>
  )
}

interface ControlsProps {
  vendor: Shown['Integration']['vendor']
  integration: Shown['Integration'] | undefined
}

function Controls({ vendor, integration }: ControlsProps) {
  const { companyId } = useCompany()
  const title = vendorWords[vendor]
  const { testable } = vendors[vendor]
  const [dialog, setDialog] = useState<'edit' | 'remove' | null>(null)
  const test = useProviderTest(() =>
    answered(
      api.POST('/v1/companies/{companyId}/integrations/{vendor}/test', { params: { path: { companyId, vendor } } }),
    ),
  )
  const open = (which: 'edit' | 'remove') => {
    test.forget()
    setDialog(which)
  }
  const close = () => setDialog(null)
  const isThere = integration !== undefined
  return (
    <div>
      <div className={classes.controls}>
        {isThere && testable && (
          <Button loading={test.isRunning} aria-label={`Send a test to ${title}`} onClick={() => test.run()}>
            Send a test
          </Button>
        )}
        <Button
          {...(isThere && { variant: 'default' })}
          aria-label={`${isThere ? 'Edit' : 'Set up'} ${title}`}
          onClick={() => open('edit')}
        >
          {isThere ? 'Edit' : 'Set up'}
        </Button>
        {isThere && (
          <Button variant="default" aria-label={`Remove ${title}`} onClick={() => open('remove')}>
            Remove
          </Button>
        )}
      </div>
      <TestOutcome {...test} />
      {dialog === 'edit' && <IntegrationDialog vendor={vendor} integration={integration} onClose={close} />}
      {dialog === 'remove' && <RemoveDialog vendor={vendor} onClose={close} />}
    </div>
  )
}
