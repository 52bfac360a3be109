import type {
  ContractRecord,
  HandOffRecord,
  NotificationRecord,
  RouteFacts,
  RouteRecord,
  StopRecord,
  VisitEvent,
} from '../domain/facts'
import { lookUpsAtMost } from '../domain/lookUps'
import type { DeviceVendor } from '../domain/words'
import { optedOutAmong } from './consents'
import { ms } from './sql'

/** A route's facts as they are stored, before the engine has looked at what is new. */
export interface StoredFacts {
  company: RouteFacts['company']
  version: number
  document: unknown
  route: RouteRecord
  editPending: boolean
  stops: (StopRecord & { addedLate: boolean })[]
  contracts: ContractRecord[]
  visitEvents: VisitEvent[]
  notifications: NotificationRecord[]
  optedOut: string[]
  handOffs: HandOffRecord[]
  handsOffTo: DeviceVendor[]
}

const list = (object: string, order: string, from: string) =>
  `(SELECT coalesce(json_agg(json_build_object(${object}) ORDER BY ${order}), '[]') FROM ${from})`
const thisRoute = (table: string) => `${table}.company_id = r.company_id AND ${table}.route_id = r.route_id`

const contractNumbers = `ARRAY(SELECT contract_number FROM stop_contracts c
  WHERE (c.company_id, c.route_id, c.stop_id) = (s.company_id, s.route_id, s.stop_id) ORDER BY c.position)`

const stops = list(
  `'stopId', stop_id, 'kind', kind, 'status', status, 'scheduledAt', ${ms('scheduled_at')}, 'address', address,
   'timeZone', time_zone, 'location', CASE WHEN latitude IS NULL THEN NULL
     ELSE json_build_object('latitude', latitude, 'longitude', longitude) END, 'geofenceId', geofence_id, 'addedLate', added_late, 'addedAt', ${ms('added_at')},
   'arrivedAt', ${ms('arrived_at')}, 'departedAt', ${ms('departed_at')}, 'contractNumbers', ${contractNumbers}`,
  's.position',
  `stops s WHERE ${thisRoute('s')}`,
)

const deliveryNotifications = list(
  `'method', method, 'address', address, 'events', events, 'onlyIfTextFails', only_if_text_fails`,
  'd.position',
  'delivery_notifications d WHERE (d.company_id, d.contract_number) = (k.company_id, k.number)',
)

/** Those that have been taken off it included, whose customers were told: they are to hear of that. */
const itsContracts = `SELECT contract_number FROM stop_contracts sc WHERE ${thisRoute('sc')}
  UNION SELECT unnest(nc.contract_numbers) FROM notifications nc WHERE ${thisRoute('nc')}`

const contracts = list(
  `'number', k.number, 'customerName', k.customer_name, 'fields', k.fields,
   'deliveryNotifications', ${deliveryNotifications}`,
  'k.number',
  `contracts k WHERE k.company_id = r.company_id AND k.number IN (${itsContracts})`,
)

const visitEvents = list(
  `'id', e.id, 'stopId', e.stop_id, 'kind', e.kind, 'occurredAt', ${ms('coalesce(e.counted_at, e.occurred_at)')},
   'judgedAt', ${ms('e.judged_at')}, 'accuracyMeters', e.accuracy_meters`,
  'e.id',
  `visit_events e WHERE ${thisRoute('e')} AND e.outcome = 'counted'`,
)

/** Nobody can be asked about one whose address has been erased. */
const lookUps = `CASE WHEN n.erased_at IS NULL THEN n.look_ups ELSE ${lookUpsAtMost} END`

const notifications = list(
  `'id', n.id, 'sequence', n.sequence, 'stopId', n.stop_id, 'event', n.event, 'channel', n.channel,
   'address', n.address, 'revision', n.revision, 'internal', n.internal, 'contractNumbers', n.contract_numbers,
   'confirmation', n.confirmation, 'status', n.status, 'reason', n.reason, 'plannedAt', ${ms('n.planned_at')},
   'staleByQuietHours', coalesce(CAST(n.decision ->> 'byQuietHours' AS boolean), false), 'lookUps', ${lookUps},
   'withdrawn', coalesce(CAST(n.decision ->> 'withdrawn' AS boolean), false), 'resentAt', ${ms('n.resent_at')},
   'decidedAt', CAST(n.decision ->> 'at' AS bigint),
   'window', CASE WHEN n.window_start IS NULL THEN NULL
     ELSE json_build_object('start', ${ms('n.window_start')}, 'end', ${ms('n.window_end')}) END,
   'lastAttempt', (SELECT json_build_object('number', a.number, 'at', ${ms('a.at')}, 'retryAt', ${ms('a.retry_at')},
       'outcome', CASE WHEN a.outcome = 'try_later' AND n.channel = 'email' AND EXISTS (
           SELECT 1 FROM attempts b WHERE b.notification_id = n.id AND b.number < a.number
             AND (b.outcome IS NULL OR b.outcome = 'unknown'))
         THEN 'unknown' ELSE a.outcome END)
     FROM attempts a WHERE a.notification_id = n.id ORDER BY a.number DESC LIMIT 1)`,
  'n.sequence',
  `notifications n WHERE ${thisRoute('n')}`,
)

const thisHandOff = `FROM hand_off_attempts a WHERE a.hand_off_id = h.id`

const handOffs = list(
  `'id', h.id, 'vendor', h.vendor, 'deviceId', h.device_id, 'state', h.state, 'sent', h.sent, 'tried', h.tried,
   'retryAt', ${ms('h.retry_at')}, 'wasTaken', EXISTS (SELECT 1 ${thisHandOff} AND a.outcome = 'accepted'),
   'mayBeThere', EXISTS (SELECT 1 ${thisHandOff} AND a.action <> 'withdraw'
     AND coalesce(a.outcome, 'unknown') IN ('accepted', 'unknown')),
   'lastAttempt', (SELECT json_build_object('at', ${ms('a.at')}, 'outcome', a.outcome)
     ${thisHandOff} ORDER BY a.number DESC LIMIT 1)`,
  'h.sequence',
  `hand_offs h WHERE ${thisRoute('h')} AND h.state <> 'withdrawn'`,
)

/** A vendor is called with a token, or at an address of the company's own, where a secret signs the calls. */
const handsOffTo = `SELECT i.vendor FROM integrations i WHERE i.company_id = r.company_id AND (
  (i.vendor = 'samsara' AND i.api_token IS NOT NULL)
  OR (i.vendor = 'generic' AND i.hand_off_url IS NOT NULL AND i.webhook_secret IS NOT NULL))`

const recipients = `SELECT DISTINCT d.method AS channel, d.address FROM delivery_notifications d
  WHERE d.company_id = r.company_id AND d.contract_number IN (${itsContracts})`

/** One statement, so that all of it is of one moment, and because a round trip for each part would take longer than the parts. */
export const selectFacts = `
  SELECT
    json_build_object('companyId', c.company_id, 'name', c.name, 'phone', c.phone, 'country', c.country) AS company,
    c.settings_version AS version, v.document, r.edit_pending AS "editPending",
    json_build_object('companyId', r.company_id, 'routeId', r.route_id, 'name', r.name, 'status', r.status,
      'serviceDate', to_char(r.service_date, 'YYYY-MM-DD'), 'driverName', r.driver_name,
      'confirmation', r.confirmation, 'confirmedAt', ${ms('r.confirmed_at')}, 'editedAt', ${ms('r.edited_at')},
      'truck', CASE WHEN t.truck_id IS NULL THEN NULL ELSE json_build_object('truckId', t.truck_id, 'name', t.name,
        'device', CASE WHEN t.device_id IS NULL THEN NULL
          ELSE json_build_object('vendor', t.device_vendor, 'deviceId', t.device_id) END) END) AS route,
    ${stops} AS stops, ${contracts} AS contracts, ${visitEvents} AS "visitEvents", ${notifications} AS notifications,
    ARRAY(${optedOutAmong(recipients, 'r.company_id')}) AS "optedOut",
    ${handOffs} AS "handOffs", ARRAY(${handsOffTo}) AS "handsOffTo"
  FROM routes r
  JOIN companies c ON c.company_id = r.company_id
  LEFT JOIN settings_versions v ON v.company_id = c.company_id AND v.version = c.settings_version
  LEFT JOIN trucks t ON t.company_id = r.company_id AND t.truck_id = r.truck_id`
