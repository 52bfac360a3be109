import { ChoiceField, NumberField, TimeField } from './fields'
import { Section } from './Section'
import classes from './settings.module.css'
import { policies } from './settingsWords'

const divisors = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60]
const roundings = Object.fromEntries(
  divisors.map((minutes) => [minutes, minutes === 1 ? 'not at all' : `${minutes} min`]),
)

/** When a confirmation goes, and which time it names. */
export function TimingSection() {
  return (
    <>
      <Section title="When a confirmation is sent">
        <div className={classes.grid}>
          <TimeField path="confirmation.sendAfter" about="The cutoff, on the company’s clock." />
          <ChoiceField path="confirmation.policy" about="Of a route of a later day." choices={policies} />
          <NumberField
            path="confirmation.sameDayDelayMinutes"
            unit="min"
            about="Of a route of today; un-confirming before tells nobody."
          />
          <NumberField path="confirmation.minNoticeMinutes" unit="min" about="Before the told window begins." />
          <NumberField
            path="confirmation.leadBusinessDays"
            unit="business days before"
            nullable
            about="Empty: as soon as it is due."
          />
        </div>
      </Section>
      <Section
        title="Estimated time buffer values"
        about="A customer is told the scheduled time less “before” to plus “after”, each end rounded outward."
      >
        <div className={classes.grid}>
          <NumberField path="etaBuffer.delivery.beforeMinutes" unit="min" />
          <NumberField path="etaBuffer.delivery.afterMinutes" unit="min" />
          <NumberField path="etaBuffer.pickup.beforeMinutes" unit="min" />
          <NumberField path="etaBuffer.pickup.afterMinutes" unit="min" />
          <ChoiceField path="etaBuffer.roundToMinutes" choices={roundings} />
        </div>
      </Section>
    </>
  )
}
