import type { Verdict } from './judge'
import type { ChaosOptions } from './options'

export interface Report {
  options: ChaosOptions
  routes: number
  verdict: Verdict
  /** What is left over, was refused, or was accepted without effect. */
  problems: string[]
  figures: Record<string, number>
  /** Why callers had to repeat requests. */
  repeatedFor: Record<string, number>
  /** The request that took longest to be accepted. */
  longest: { ms: number; what: string }
}

/** Everything that is not as it should be, in words; empty when the product has kept its word. */
export function complaintsOf({ verdict, problems, figures }: Report): string[] {
  const { lost, doubled, wrong, unexplained } = verdict
  return [
    ...doubled.map((each) => `DOUBLED  ${each}`),
    ...lost.map((each) => `LOST  ${each}`),
    ...wrong.map((each) => `WRONG  ${each}`),
    ...unexplained.map((each) => `NO REASON  ${each}`),
    ...problems.map((each) => `LEFT  ${each}`),
    ...(figures['answers 500'] ? [`${figures['answers 500']} answers were 500 and not 503`] : []),
  ]
}

/** The report in lines. */
export function linesOf(report: Report): string[] {
  const { options, routes, verdict, figures } = report
  const complaints = complaintsOf(report)
  return [
    `Seed ${options.seed}: ${verdict.calledFor} messages called for, of ${routes} routes`,
    `  told ${verdict.told}, doubled ${verdict.doubled.length}, lost ${verdict.lost.length}, told wrongly ${verdict.wrong.length}`,
    `  not told, with a reason: ${listed(verdict.reasons)}`,
    `  told although a later fact had overtaken it: ${verdict.toldAllTheSame}`,
    `  failed by Twilio without a word or too late, shown to the dispatcher as unknown: ${verdict.unknown}`,
    `  emails cut off and then overtaken, shown as unknown: ${verdict.unknownMails}`,
    `  unsettled yet (the call died with its worker; sent after the last look-up): ${verdict.unsettled.length}`,
    `  requests repeated because of: ${listed(report.repeatedFor)}`,
    `  longest until accepted: ${Math.round(report.longest.ms / 1000)} s, ${report.longest.what}`,
    ...Object.entries(figures).map(([name, number]) => `  ${name}: ${number}`),
    ...(complaints.length > 0
      ? ['NOT as it should be:', ...complaints.map((line) => `  ${line}`)]
      : ['As it should be.']),
  ]
}

function listed(counts: Record<string, number>): string {
  return (
    Object.entries(counts)
      .map(([name, number]) => `${number} ${name}`)
      .join(', ') || 'none'
  )
}
