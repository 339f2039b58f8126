import type pg from 'pg';

export interface DeliveryPlace {
  occasionOn: string;
  runNo: number;
  customerNo: number;
  occasion: string;
}

/**
 * Locks the rows of these messages, in the one order in which everybody locks several of them: who tells of the same people at once, each of
 * another kind of thing, waits for the other instead of both for each other.
 */
export async function lockDeliveries(client: pg.ClientBase, places: readonly DeliveryPlace[]): Promise<void> {
  if (places.length < 2) return;
  await client.query({
    name: 'messaging.lock-deliveries',
    text: `select from send_delivery d join (select distinct * from unnest($1::date[], $2::int[], $3::int[], $4::text[]) as k (occasion_on, run_no, customer_no, occasion)) k using (occasion_on, run_no, customer_no, occasion)
      order by d.occasion_on, d.run_no, d.customer_no, d.occasion for update of d`,
    values: [places.map((each) => each.occasionOn), places.map((each) => each.runNo), places.map((each) => each.customerNo), places.map((each) => each.occasion)],
  });
}
