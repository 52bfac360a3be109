/** An error as a log may hold it. */
export interface LoggedError {
  type: string
  /** Left out where it may quote what somebody has sent or stored. */
  message?: string
  /** Where in the code it was thrown and who had called, the nearest first. */
  frames: string[]
  cause?: LoggedError
  errors?: LoggedError[]
  /** A few names and numbers: of a code, a table, a host. */
  [detail: string]: unknown
}

/** Of these fields the values are ours, the database's or the system's: codes and names of things, never what they hold. */
const plainFields = ['code', 'syscall', 'port', 'table', 'column', 'constraint', 'routine', 'status']
const deepest = 4
const mostFrames = 12

/**
 * Reduces an error to what helps whoever reads the log and tells nothing about anybody. Databases quote the rows that they
 * refuse, parsers what they cannot read, and providers the recipient: their words are left out. What other errors say is
 * kept, without whatever looks like an address or a key.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (typeof error !== 'object' || error === null) return { type: typeof error, frames: [] }
  const fields = error as Record<string, unknown>
  const { name, message, stack, cause, errors } = fields
  const further = (nested: unknown) => loggedError(nested, depth + 1)
  return {
    type: typeof name === 'string' ? name : 'Error',
    ...(typeof message === 'string' && !quotes(fields) && { message: withoutAddresses(message) }),
    ...Object.fromEntries(plainFields.flatMap((field) => plainField(field, fields[field]))),
    // Of a connection.
    ...Object.fromEntries(plainField('host', fields.address)),
    frames: typeof stack === 'string' ? framesOf(stack) : [],
    ...(cause !== undefined && cause !== null && depth < deepest && { cause: further(cause) }),
    ...(Array.isArray(errors) && depth < deepest && { errors: errors.slice(0, 5).map(further) }),
  }
}

/** Whether an error's words may repeat data: of a database (they have a severity), a parser, a schema, or a provider. */
function quotes({ name, severity, issues, response, responseCode, moreInfo, input }: Record<string, unknown>): boolean {
  const parsers = [
    'SyntaxError',
    'ZodError',
    'TokenizationError',
    'ParseError',
    'RenderError',
    'DatabaseError',
    'error',
  ]
  return (
    parsers.includes(String(name)) ||
    [severity, issues, response, responseCode, moreInfo, input].some((clue) => clue !== undefined)
  )
}

function plainField(field: string, value: unknown): [string, unknown][] {
  if (typeof value === 'number') return [[field, value]]
  return typeof value === 'string' && /^[\w.:/-]{1,100}$/.test(value) && !looksPersonal(value) ? [[field, value]] : []
}

/** Lines of a stack that hold a place in the code, unlike those of the message before them. */
function framesOf(stack: string): string[] {
  return stack
    .split('\n')
    .filter((line) => /^ +at .*:\d+:\d+\)?$/.test(line))
    .slice(0, mostFrames)
    .map((line) => line.trim())
}

const personal = /[^\s"'<>(),;=]+@[^\s"'<>(),;]+|\+\d[\d ().-]{6,}\d|\bdn_[\w-]+|\bwhsec_\S+|\bBearer \S+/g

function withoutAddresses(text: string): string {
  return text.slice(0, 1_000).replace(personal, '***')
}

function looksPersonal(text: string): boolean {
  return withoutAddresses(text) !== text
}
