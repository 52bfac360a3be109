import type { Problem } from '../domain/errors'

/** A start that cannot go on: every missing or malformed variable at once. */
export class ConfigurationError extends Error {
  readonly problems: readonly Problem[]

  constructor(problems: readonly Problem[]) {
    const lines = problems.map(({ path, message }) => `  ${path}: ${message}`)
    super(
      `The configuration has ${problems.length === 1 ? 'a problem' : `${problems.length} problems`}:\n${lines.join('\n')}`,
    )
    this.name = 'ConfigurationError'
    this.problems = problems
  }
}

/**
 * Reads a configuration for a main file. A bad one ends the process with code 78 (EX_CONFIG of sysexits.h) and the
 * whole list on stderr, without a stack trace that would hide it.
 */
export function readOrExit<Config>(read: () => Config): Config {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    process.stderr.write(`${error.message}\nThe table of variables is in docs/configuration.md.\n`)
    process.exit(78)
  }
}
