import { Button } from '@mantine/core'
import { useState } from 'react'
import { useCompany } from '../../app/company'
import type { Shown } from '../../client/api'
import { Card } from './Card'
import classes from './integrations.module.css'
import { TestMessageDialog } from './TestMessageDialog'
import { WebhookAddress } from './WebhookAddress'

const words = {
  sms: {
    title: 'Twilio',
    about: 'Sends the text messages of every company. It is set up by the environment of the API and the worker.',
    variables: 'TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN, and TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID',
  },
  email: {
    title: 'Mail server (SMTP)',
    about: 'Sends the emails of every company. It is set up by the environment of the API and the worker.',
    variables: 'SMTP_URL and MAIL_FROM',
  },
}

/** The way that messages of one channel go. */
export function ChannelCard({ channel, configured, webhookUrl }: Shown['Integrations']['channels'][number]) {
  const { mayChange } = useCompany()
  const [testing, setTesting] = useState(false)
  const { title, about, variables } = words[channel]
  return (
    <Card title={title} about={about} ready={configured}>
      {!configured && <p>Set {variables}, then restart the API and the worker.</p>}
      {webhookUrl !== undefined && (
        <WebhookAddress label="Webhook address for what recipients answer, such as STOP" url={webhookUrl} of={title} />
      )}
      {mayChange && (
        <div className={classes.controls}>
          <Button aria-label={`Send a test message by ${title}`} onClick={() => setTesting(true)}>
            Send a test message
          </Button>
        </div>
      )}
      {testing && <TestMessageDialog channel={channel} onClose={() => setTesting(false)} />}
    </Card>
  )
}
