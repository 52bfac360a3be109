import { type Database, rows } from '../../db/sql'
import type { Plant } from './options'

/** Each strikes the first message that it fits, once. */
const planted: Record<Plant, string[]> = {
  // That a text was taken is forgotten, and its claim with it: whoever looks next sends it again.
  double: [
    'CREATE TABLE planted_double (done boolean)',
    `CREATE FUNCTION forget_that_it_was_taken() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       IF (SELECT count(*) FROM planted_double) = 0 THEN
         INSERT INTO planted_double VALUES (true);
         NEW.status := 'planned';
       END IF;
       RETURN NEW;
     END $$`,
    `CREATE TRIGGER plant_double BEFORE UPDATE ON notifications FOR EACH ROW
       WHEN (NEW.channel = 'sms' AND NEW.event = 'confirmed' AND OLD.status = 'sending'
         AND NEW.status IN ('accepted', 'sent', 'delivered'))
       EXECUTE FUNCTION forget_that_it_was_taken()`,
  ],
  // A departure is written down as delivered when it is to be claimed, and nobody calls the provider.
  loss: [
    'CREATE TABLE planted_loss (done boolean)',
    `CREATE FUNCTION pretend_to_tell() RETURNS trigger LANGUAGE plpgsql AS $$
     BEGIN
       IF (SELECT count(*) FROM planted_loss) = 0 THEN
         UPDATE notifications SET status = 'delivered'
         WHERE id = NEW.notification_id AND event = 'departed' AND channel = 'sms';
         IF FOUND THEN
           INSERT INTO planted_loss VALUES (true);
           RETURN NULL;
         END IF;
       END IF;
       RETURN NEW;
     END $$`,
    'CREATE TRIGGER plant_loss BEFORE INSERT ON attempts FOR EACH ROW EXECUTE FUNCTION pretend_to_tell()',
  ],
}

/** Breaks the product's word in its own tables, so that a run can show that its judge sees it. */
export async function plantError(db: Database, plant: Plant): Promise<void> {
  for (const statement of planted[plant]) await rows(db, statement)
}
