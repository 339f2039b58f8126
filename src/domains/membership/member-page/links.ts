import type { Actor } from '../../../kernel/actor.ts';
import { notFound } from '../../../kernel/problem.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import type { MemberLink, PageMode } from '../contract/member-page.ts';
import type { Buyer } from '../contract/quote.ts';
import type { MembershipDoors } from '../part.ts';
import { raiseEpochs, readEpoch } from './epochs.ts';
import { createPasses } from './pass.ts';

/** Links to pages of members: made, and ended. Each stands in the audit log. */
export interface Links {
  make(meant: Buyer, mode: PageMode, minutes: number, actor: Actor): Promise<MemberLink>;
  revoke(customerNo: number, actor: Actor): Promise<Date>;
}

export function createLinks({ platform: { pg, clock, secret }, customers }: Pick<MembershipDoors, 'platform' | 'customers'>): Links {
  const passes = createPasses(secret);
  const required = async (meant: Buyer) => {
    const person = await customers.recognise(meant);
    if (!person) throw 'kind' in meant ? notFound('membership.unknown_buyer') : notFound('membership.nobody', meant);
    return person;
  };
  return {
    async make(meant, mode, minutes, actor) {
      const { customerNo } = await required(meant);
      const expiresAt = new Date(Math.floor((clock.now().getTime() + minutes * 60_000) / 1_000) * 1_000);
      const token = passes.seal('link', { customerNo, epoch: await readEpoch(pg, customerNo), mode, expiresAt });
      await recordAudit(pg, { actor, action: mode === 'view' ? 'membership.view_as_member' : 'membership.create_page_link', subject: `customer:${customerNo}`, details: { until: expiresAt.toISOString() } });
      return { customerNo, path: `/member#${token}`, expiresAt: expiresAt.toISOString() };
    },
    async revoke(customerNo, actor) {
      const { lineage } = await required({ customerNo });
      const now = clock.now();
      await inTransaction(pg, async (client) => {
        await raiseEpochs(client, lineage, now);
        await recordAudit(client, { actor, action: 'membership.revoke_page_links', subject: `customer:${lineage[0]}` });
      });
      return now;
    },
  };
}
