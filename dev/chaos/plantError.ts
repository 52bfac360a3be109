import { type Database, rows } from '../../db/sql'
import type { Plant } from './options'

/** Of transactions at once that would fill a table with this column one does. */
const onlyOne = 'one boolean PRIMARY KEY DEFAULT true CHECK (one)'

/** Each strikes the first message or route that it fits, once. */
const planted: Record<Plant, string[]> = {
  // That the first text of a cancellation was taken is forgotten, and its receipts with it, so that it is sent again.
  double: [
    `CREATE TABLE planted_double (id uuid, ${onlyOne})`,
    `CREATE FUNCTION forget_that_it_was_taken() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       INSERT INTO planted_double (id) VALUES (NEW.id) ON CONFLICT DO NOTHING;
       IF EXISTS (SELECT 1 FROM planted_double WHERE id = NEW.id)
         AND (SELECT count(*) FROM attempts WHERE notification_id = NEW.id) = 1 THEN
         NEW.status := 'planned';
       END IF;
       RETURN NEW;
     END $$`,
    `CREATE TRIGGER plant_double BEFORE UPDATE ON notifications FOR EACH ROW
       WHEN (NEW.channel = 'sms' AND NEW.event = 'cancelled' AND NEW.status IN ('accepted', 'sent', 'delivered'))
       EXECUTE FUNCTION forget_that_it_was_taken()`,
  ],
  // A departure is written down as delivered when it is to be claimed, and nobody calls the provider. And of the first route
  // that is confirmed every outbox row is dropped, so that Temporal never hears of it.
  loss: [
    `CREATE TABLE planted_loss (id uuid, ${onlyOne})`,
    `CREATE FUNCTION pretend_to_tell() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       INSERT INTO planted_loss (id)
       SELECT id FROM notifications WHERE id = NEW.notification_id AND event = 'departed' AND channel = 'sms'
       ON CONFLICT DO NOTHING;
       IF FOUND THEN
         UPDATE notifications SET status = 'delivered' WHERE id = NEW.notification_id;
         RETURN NULL;
       END IF;
       RETURN NEW;
     END $$`,
    'CREATE TRIGGER plant_loss BEFORE INSERT ON attempts FOR EACH ROW EXECUTE FUNCTION pretend_to_tell()',
    `CREATE TABLE planted_drop (company_id text, route_id text, ${onlyOne})`,
    // Behind an earlier row the request itself does not tell Temporal either.
    `CREATE FUNCTION queue_one_before() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       INSERT INTO outbox (company_id, route_id, message, not_before)
       SELECT company_id, route_id, '{"kind": "planted"}', 'infinity' FROM planted_drop
       WHERE company_id = NEW.company_id AND route_id = NEW.route_id;
       RETURN NULL;
     END $$`,
    `CREATE FUNCTION choose_the_first() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       INSERT INTO planted_drop VALUES (NEW.company_id, NEW.route_id) ON CONFLICT DO NOTHING;
       RETURN NEW;
     END $$`,
    `CREATE TRIGGER plant_a_choice BEFORE UPDATE ON routes FOR EACH ROW
       WHEN (NEW.status = 'confirmed' AND OLD.status = 'planned') EXECUTE FUNCTION choose_the_first()`,
    `CREATE TRIGGER plant_in_confirmations AFTER UPDATE ON routes FOR EACH ROW
       WHEN (NEW.status = 'confirmed' AND OLD.status = 'planned') EXECUTE FUNCTION queue_one_before()`,
    `CREATE TRIGGER plant_in_reports AFTER INSERT ON visit_events FOR EACH ROW EXECUTE FUNCTION queue_one_before()`,
    `CREATE FUNCTION drop_from_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       DELETE FROM outbox WHERE (company_id, route_id) IN (SELECT company_id, route_id FROM planted_drop);
       RETURN NULL;
     END $$`,
    `CREATE TRIGGER plant_drop AFTER INSERT ON outbox FOR EACH ROW
       WHEN (NEW.message ->> 'kind' <> 'planted') EXECUTE FUNCTION drop_from_outbox()`,
  ],
}

/** Breaks the product's word in its own tables, so that a run can show that its judge sees it. */
export async function plantError(db: Database, plant: Plant): Promise<void> {
  for (const statement of planted[plant]) await rows(db, statement)
}
