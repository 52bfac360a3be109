/** Whoever changed something: a key by its id and its name at that time. */
export interface Actor {
  keyId: string
  name: string
}

/** What can be done to what. Closed, so that a list of entries can be filtered and read by a program. */
export const auditActions = [
  'company.created',
  'company.changed',
  'settings.saved',
  'settings.restored',
  'truck.created',
  'truck.changed',
  'contract.created',
  'contract.changed',
  'integration.created',
  'integration.changed',
  'integration.deleted',
  'integration.tested',
  'test_message.asked',
  'route.created',
  'route.changed',
  'route.confirmed',
  'route.unconfirmed',
  'route.cancelled',
  'stop.arrived',
  'stop.departed',
  'stop.skipped',
  'stop.told_by_phone',
  'notification.resent',
  'consent.granted',
  'consent.revoked',
  'personal_data.exported',
  'personal_data.erased',
  'task.changed',
  'task.run',
  'dispatch_center.opened',
  'api_key.created',
  'api_key.revoked',
  'driver_link.created',
  'driver_link.revoked',
  'operator.created',
  'operator.changed',
  'operator.deleted',
  'operator.password_link_made',
  'operator.password_set',
  'operator.signed_in',
  'operator.signed_out',
] as const
export type AuditAction = (typeof auditActions)[number]

/** A field that changed. Without values it holds what is nobody's to read here: a person's data, or a secret. */
export interface AuditChange {
  path: string
  from?: unknown
  to?: unknown
}

/** Values that are compared and never kept. */
export class Hidden {
  constructor(readonly value: unknown) {}
}

/** The fields of a thing by their paths; what is of a person or secret as `Hidden`. */
export type AuditedFields = Record<string, unknown>

/**
 * What differs between a thing before and after; `before` is null for a new one. A field that is absent, undefined or null
 * is the same as none.
 */
export function changesBetween(before: AuditedFields | null, after: AuditedFields): AuditChange[] {
  const paths = new Set([...Object.keys(before ?? {}), ...Object.keys(after)])
  return [...paths].flatMap((path) => {
    const [from, to] = [before?.[path] ?? null, after[path] ?? null]
    if (JSON.stringify(from) === JSON.stringify(to)) return []
    if (from instanceof Hidden || to instanceof Hidden) return [{ path }]
    return [{ path, ...(from !== null && { from }), ...(to !== null && { to }) }]
  })
}
