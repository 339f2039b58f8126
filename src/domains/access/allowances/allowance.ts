import type { Actor } from '../../../kernel/actor.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Platform } from '../../../platform/platform.ts';
import { recordAudit } from '../audit/record.ts';

/** How often a person may do something in 24 hours. */
export interface Allowance {
  /** `<domain>.<what>`: `customers.search_in_vain`. Named in the audit log when it is used up. */
  what: string;
  most: number;
  /** The code of the problem of whom it refuses; its sentence may tell `most` and `hours`. */
  refusal: string;
}

type World = Pick<Platform, 'pg' | 'clock'>;

const periodMs = 24 * 3600_000;

/** Tokens count as their owner: otherwise whoever may make tokens could do as much as they like. */
const person = `coalesce((select 'staff:' || owner_id from api_token where $1 = 'token' and api_token_id = $2 and owner_id is not null), $1 || ':' || $2)`;

/**
 * Counts one time of an allowance before the thing is done, so that a thousand at once are still counted one by one.
 * Refuses with 429 when it is used up; the first refusal of a period stands in the audit log. The function given takes the count back.
 */
export async function useAllowance({ pg, clock }: World, actor: Actor, { what, most, refusal }: Allowance): Promise<() => Promise<void>> {
  const now = clock.now();
  const { rows: [row] } = await pg.query<{ person: string; used: number; began_at: Date }>(
    `insert into allowance as known (person, what, began_at, used) values (${person}, $3, $4, 1)
     on conflict (person, what) do update set
       used = case when known.began_at <= $5 then 1 else known.used + 1 end,
       began_at = case when known.began_at <= $5 then $4 else known.began_at end
     returning person, used, began_at`,
    [actor.kind, actor.id, what, now, new Date(now.getTime() - periodMs)]);
  if (row.used > most) {
    if (row.used === most + 1) await recordAudit(pg, { actor, action: 'access.allowance_used_up', subject: row.person, details: { what, most } });
    const waitSeconds = Math.max(1, Math.ceil((row.began_at.getTime() + periodMs - now.getTime()) / 1000));
    throw new Problem(refusal, { status: 429, retryAfterSeconds: waitSeconds, params: { most, hours: Math.ceil(waitSeconds / 3600) } });
  }
  return async () => {
    await pg.query('update allowance set used = used - 1 where person = $1 and what = $2 and began_at = $3', [row.person, what, row.began_at]);
  };
}
