import { Select, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useCompany } from '../../app/company'
import { answered, api } from '../../client/api'
import { Badge } from '../../parts/Badge'
import { Preview } from './Preview'
import { Section } from './Section'
import classes from './settings.module.css'
import { type Event, events, type SettingsDocument } from './settingsDocument'
import { useSettingsForm } from './settingsForm'
import { eventNames } from './settingsWords'
import { TemplateField } from './TemplateField'

interface MessageSectionProps {
  event: Event
  open: (event: Event) => void
}

/** What customers read, by event and channel, with what it would say to one of them. */
export function MessageSection({ event, open }: MessageSectionProps) {
  const form = useSettingsForm()
  const problemsOf = (each: Event) =>
    Object.keys(form.errors).filter((path) => path.startsWith(`events.${each}.`) && !path.endsWith('.enabled')).length
  return (
    <Section title="Messages" about="Special fields, such as the customer’s name, are filled in for each message.">
      <Tabs value={event} onChange={(value) => open(value as Event)} keepMounted={false}>
        <Tabs.List>
          {events.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {eventNames[each]}{' '}
              {problemsOf(each) > 0 && (
                <Badge tone="bad" symbol="!">
                  {problemsOf(each)}
                </Badge>
              )}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={event}>
          <Messages event={event} />
        </Tabs.Panel>
      </Tabs>
    </Section>
  )
}

function Messages({ event }: { event: Event }) {
  const { values } = useSettingsForm()
  const stops = useStops()
  const [chosen, setChosen] = useState<string | null>(null)
  const shown = chosen ?? stops[0]?.items[0]?.value ?? samples
  const [routeId, stopId] = shown === samples ? [] : shown.split('/')
  const { timeZone, timeFormat, etaBuffer } = values
  const about = {
    ...{ event, timeZone, timeFormat },
    ...(isBuffer(etaBuffer) && { etaBuffer }),
    ...(routeId !== undefined && { routeId, stopId }),
  }
  const { sms, emailSubject, emailBody } = values.events[event]
  const limit = values.sms.characterLimit
  const characterLimit = Number.isInteger(limit) && limit >= 20 && limit <= 1600 ? { characterLimit: limit } : {}
  return (
    <>
      <Select
        className={classes.stop}
        label="Preview with"
        data={[{ value: samples, label: 'Realistic values' }, ...stops]}
        value={shown}
        onChange={setChosen}
        allowDeselect={false}
        searchable
      />
      <div className={classes.editor}>
        <TemplateField path={`events.${event}.sms`} rows={4} />
        <Preview label="The text message" asked={{ ...about, ...characterLimit, channel: 'sms', template: sms }} />
      </div>
      <div className={classes.editor}>
        <div className={classes.email}>
          <TemplateField path={`events.${event}.emailSubject`} rows={1} />
          <TemplateField path={`events.${event}.emailBody`} rows={9} />
        </div>
        <Preview label="The email" asked={{ ...about, channel: 'email', template: emailBody, emailSubject }} />
      </div>
    </>
  )
}

const samples = 'samples'

/** While somebody types one, the preview goes by the buffer that is saved. */
function isBuffer({ delivery, pickup }: SettingsDocument['etaBuffer']): boolean {
  const minutes = [delivery, pickup].flatMap(({ beforeMinutes, afterMinutes }) => [beforeMinutes, afterMinutes])
  return minutes.every((each) => Number.isInteger(each) && each >= 0 && each <= 720)
}

/** Stops of the latest routes, by route. */
function useStops() {
  const { companyId, times } = useCompany()
  const { data } = useQuery({
    queryKey: ['routes', companyId, 'for a preview'],
    queryFn: () =>
      answered(api.GET('/v1/companies/{companyId}/routes', { params: { path: { companyId }, query: { limit: 20 } } })),
  })
  return (data?.items ?? []).map(({ routeId, name, serviceDate, stops }) => ({
    group: `${name}, ${times.dayOfDate(serviceDate)}`,
    items: stops.map(({ stopId, kind, address }) => ({
      value: `${routeId}/${stopId}`,
      label: `${name} · ${stopId} · ${kind}, ${address}`,
    })),
  }))
}
