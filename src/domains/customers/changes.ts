import type pg from 'pg';

/** Something done to a customer by hand. `details` name what was touched; never a personal value. */
export interface Change {
  customerNo: number;
  kind: 'edit' | 'tag_added' | 'tag_removed' | 'tag_lapsed' | 'identifier_added' | 'identifier_removed';
  at: Date;
  actor: string;
  details: Record<string, unknown>;
}

/** Keeps a change for the timeline. */
export async function noteChange(client: pg.PoolClient, { customerNo, kind, at, actor, details }: Change): Promise<void> {
  await client.query('insert into customer_change (customer_no, kind, at, actor, details) values ($1, $2, $3, $4, $5)',
    [customerNo, kind, at, actor, JSON.stringify(details)]);
}
