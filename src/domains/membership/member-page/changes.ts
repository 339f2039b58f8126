import type { Locale } from '../../../kernel/locale.ts';
import { conflict, Problem } from '../../../kernel/problem.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import { takeConsent } from '../../customers/public.ts';
import type { ConsentChannel, ConsentPurpose } from '../../customers/contract.ts';
import { haveOrdered } from '../members/by-policy/candidates.ts';
import { leave } from '../members/leave.ts';
import type { PageDoors } from './content.ts';
import { memberActor, type Visitor } from './visit.ts';

/** Where a choice was made, as it stands with the consent. */
const source = 'member_page';
const evidence = { source, evidence: 'chosen on the member’s page' };

/** Keeps what a member chose, with where they chose it. */
export async function choose({ platform }: Pick<PageDoors, 'platform'>, { customerNo }: Visitor, choice: { channel: ConsentChannel; purpose: ConsentPurpose; granted: boolean }, locale: Locale): Promise<void> {
  await takeConsent(platform, customerNo, { ...choice, ...evidence }, memberActor(locale));
}

/** Makes a member of somebody who asks to be one; agreeing to what that takes is kept first. */
export async function join(doors: PageDoors, visitor: Visitor, agrees: boolean, locale: Locale): Promise<void> {
  const { platform: { pg, clock, reader }, members, programme } = doors;
  const now = clock.now();
  const { customerNo } = visitor;
  const consent = (await programme.at(now.getTime()))?.definition.joining.consent;
  if (consent && agrees) await choose(doors, visitor, { ...consent, granted: true }, locale);
  const actor = memberActor(locale);
  const hasOrdered = await haveOrdered(reader, visitor.lineage);
  await inTransaction(pg, async (client) => {
    const joining = { customerNo, at: now.getTime(), way: 'asked' as const, channel: await channelOf(client, customerNo), hasOrdered, derivation: { by: source } };
    const answer = (await members.ensureJoined(client, [joining])).get(customerNo);
    const refusal = !answer ? 'nobody' : 'refusal' in answer ? answer.refusal : null;
    if (refusal !== null) throw new Problem('membership.page_join_refused', { status: 409, params: { reason: doors.say(locale, 'membership', `page.refusal.${refusal}`) }, fields: [{ path: 'body.agrees', code: refusal }] });
    if (answer && 'isNew' in answer && answer.isNew) await recordAudit(client, { actor, action: 'membership.join', subject: `customer:${customerNo}`, details: { way: 'asked', source } });
  });
}

type Client = Parameters<typeof leave>[0];

async function channelOf(client: Client, customerNo: number): Promise<string | null> {
  const { rows } = await client.query<{ channel: string | null }>('select channel from customer where customer_no = $1', [customerNo]);
  return rows[0]?.channel ?? null;
}

export async function leaveFor({ platform: { pg, clock }, members }: PageDoors, { customerNo, lineage }: Visitor, locale: Locale): Promise<void> {
  if (!(await members.standings([customerNo])).has(customerNo)) throw conflict('membership.no_member');
  await inTransaction(pg, async (client) => {
    await leave(client, lineage, clock.now(), { by: source });
    await recordAudit(client, { actor: memberActor(locale), action: 'membership.leave', subject: `customer:${customerNo}`, details: { source } });
  });
}
