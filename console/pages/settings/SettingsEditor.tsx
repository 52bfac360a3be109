import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useCompany } from '../../app/company'
import { LeaveGuard } from '../../parts/LeaveGuard'
import { PageHead } from '../../parts/PageHead'
import { ActionBar } from './ActionBar'
import { CalendarSection } from './CalendarSection'
import { Conflict } from './Conflict'
import { HistoryDrawer } from './HistoryDrawer'
import { MessageSection } from './MessageSection'
import { PeopleSection } from './PeopleSection'
import { RestSections } from './RestSections'
import { SwitchSection } from './SwitchSection'
import classes from './settings.module.css'
import { changesBetween, type Event, type SavedSettings, type SettingsDocument } from './settingsDocument'
import { BaseContext, readOnly, SettingsFormProvider, useCreateSettingsForm } from './settingsForm'
import { TimingSection } from './TimingSection'

/** The settings as a form, on the version that is there; a newer one of somebody else is never overwritten. */
export function SettingsEditor({ saved }: { saved: SavedSettings }) {
  const { companyId, mayChange } = useCompany()
  const queries = useQueryClient()
  const [base, setBase] = useState(saved)
  const [history, setHistory] = useState(false)
  const [event, setEvent] = useState<Event>('confirmed')
  const fields = useRef<HTMLFieldSetElement>(null)
  const form = useCreateSettingsForm({
    initialValues: saved.settings,
    ...(!mayChange && { enhanceGetInputProps: () => readOnly }),
  })
  const dirty = changesBetween(base.settings, form.values).length > 0
  const overtaken = saved.version > base.version

  function take(next: SavedSettings, document: SettingsDocument) {
    setBase(next)
    form.setValues(document)
    form.clearErrors()
  }
  // Nothing of one's own is lost by taking over what somebody else has saved.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the new version that has to be taken over
  useEffect(() => {
    if (overtaken && !dirty) take(saved, saved.settings)
  }, [overtaken, dirty])

  function accepted(next: SavedSettings, what: string) {
    take(next, next.settings)
    queries.setQueryData(['settings', companyId], next)
    notifications.show({ message: what })
  }
  /** Brings the field of a problem into view, out of another tab if need be. */
  function goTo(path: string) {
    const [, inTab] = /^events\.(\w+)\.(?!enabled)/.exec(path) ?? []
    if (inTab !== undefined) flushSync(() => setEvent(inTab as Event))
    const names = path.split('.').map((_, index, keys) => keys.slice(0, keys.length - index).join('.'))
    const found = names.map((name) => fields.current?.querySelector<HTMLElement>(`[name="${name}"]`))
    found.find((element) => element != null)?.focus()
  }

  return (
    <SettingsFormProvider form={form}>
      <BaseContext.Provider value={base}>
        <PageHead
          title="Customer Notifications"
          about={
            <>
              {base.version === 0 ? 'The defaults; nothing has been saved yet.' : `Version ${base.version}.`}
              {!mayChange && ' Your role reads the settings, and does not change them.'}
            </>
          }
        >
          <Button variant="default" onClick={() => setHistory(true)}>
            History
          </Button>
        </PageHead>
        {overtaken && dirty && <Conflict base={base} mine={form.values} theirs={saved} take={take} />}
        <fieldset ref={fields} className={classes.fields} aria-label="Settings">
          <SwitchSection />
          <TimingSection />
          <MessageSection event={event} open={setEvent} />
          <CalendarSection />
          <RestSections />
          <PeopleSection />
        </fieldset>
        {mayChange && (
          <ActionBar
            dirty={dirty}
            goTo={goTo}
            saved={(next) => accepted(next, `Saved as version ${next.version}.`)}
            cancelled={() => take(base, base.settings)}
          />
        )}
        {history && (
          <HistoryDrawer
            current={base}
            mayRestore={!dirty}
            restored={(next) => accepted(next, `Restored, as version ${next.version}.`)}
            close={() => setHistory(false)}
          />
        )}
        <LeaveGuard when={dirty} what="The settings have changes that are not saved." />
      </BaseContext.Provider>
    </SettingsFormProvider>
  )
}
