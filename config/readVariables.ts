import type { z } from 'zod'
import type { Problem } from '../domain/errors'
import { type VariableName, variables } from './variables'

/** The environment of a process, as `process.env` gives it. */
export type Environment = Readonly<Record<string, string | undefined>>

type Value<Name extends VariableName> = z.output<(typeof variables)[Name]>

/**
 * Reads variables one by one and collects what is wrong with them, so that a start lists everything at once. An empty
 * variable is an absent one: that is how compose files and CI systems say "not set".
 */
export class VariableReader {
  private readonly found: Problem[] = []

  constructor(private readonly environment: Environment) {}

  /** Everything that is wrong so far, in the order of the table of variables. */
  get problems(): Problem[] {
    const names: string[] = Object.keys(variables)
    return [...this.found].sort((a, b) => names.indexOf(a.path) - names.indexOf(b.path))
  }

  isSet(name: VariableName): boolean {
    return this.raw(name) !== undefined
  }

  /** The value or its default; undefined when it is absent without default, or malformed (then it is a problem). */
  optional<Name extends VariableName>(name: Name): Value<Name> | undefined {
    const raw = this.raw(name)
    const parsed = variables[name].safeParse(raw)
    if (parsed.success) return parsed.data as Value<Name>
    if (raw !== undefined) this.problem(name, parsed.error.issues.map((issue) => issue.message).join('; '))
    return undefined
  }

  /** As `optional`, but its absence is a problem; `because` says why, where that is not plain. */
  required<Name extends VariableName>(name: Name, because = ''): Value<Name> | undefined {
    const value = this.optional(name)
    if (value === undefined && !this.isSet(name)) this.problem(name, `is missing${because}; set it`)
    return value
  }

  /** A variable that is read twice is still one problem. */
  problem(path: string, message: string): void {
    if (this.found.some((known) => known.path === path && known.message === message)) return
    this.found.push({ path, message })
  }

  private raw(name: VariableName): string | undefined {
    const value = this.environment[name]?.trim()
    return value === '' ? undefined : value
  }
}
