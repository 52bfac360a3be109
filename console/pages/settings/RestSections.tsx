import { ChoiceField, NumberField } from './fields'
import { Section } from './Section'
import classes from './settings.module.css'

/** What counts as an arrival; how messages are written; how long they are kept. */
export function RestSections() {
  return (
    <>
      <Section title="Arrivals">
        <div className={classes.grid}>
          <NumberField path="arrivals.maxEventAgeMinutes" unit="min" about="They move the stop and tell nobody." />
          <NumberField path="arrivals.dwellSeconds" unit="s" about="In the stop’s geofence." />
          <NumberField path="arrivals.maxAccuracyMeters" unit="m" />
          <NumberField path="arrivals.driverFallbackAfterMinutes" unit="min" nullable about="Empty: never." />
        </div>
      </Section>
      <Section title="Texts, times and data">
        <div className={classes.grid}>
          <NumberField
            path="sms.characterLimit"
            unit="characters"
            about="Of the text as sent; a longer one is shortened."
          />
          <ChoiceField path="timeFormat" choices={{ '12h': '1:30 PM', '24h': '13:30' }} />
          <NumberField path="retentionDays" unit="days" nullable about="After a route has ended. Empty: for ever." />
        </div>
      </Section>
    </>
  )
}
