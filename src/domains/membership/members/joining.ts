import { conflict, notFound, Problem } from '../../../kernel/problem.ts';
import type { Actor } from '../../../kernel/actor.ts';
import { rawRoute, route, type Route } from '../../../platform/http/route.ts';
import { sendCsv } from '../../../platform/http/csv-reply.ts';
import { inTransaction } from '../../../platform/postgres/pool.ts';
import { recordAudit } from '../../access/public.ts';
import { createBackground, type FigureSource, lineageOf } from '../../customers/public.ts';
import { exportMembersList, joinMember, leaveMembership, listMembers, readMember } from '../contract/members.ts';
import { nameIn } from '../contract/programme.ts';
import type { MembershipDoors, MembershipPart } from '../part.ts';
import { haveOrdered } from './by-policy/candidates.ts';
import { joinByPolicy } from './by-policy/join-by-policy.ts';
import { heldMembers } from './held-members.ts';
import { leave } from './leave.ts';
import { allRows, listPage } from './list.ts';
import type { JoinRefusal } from './rules/joining.ts';
import { standingOf } from './rules/standing.ts';
import { shownMembership, shownTier } from './shown.ts';

/** Between two looks at whom the policy lets in. */
const policyMs = 5_000;

/** Who is a member: by the policy, by asking, by hand; the list of them, and leaving. */
export function createJoining(doors: MembershipDoors): MembershipPart {
  const { platform, programme } = doors;
  const joining = createBackground('joining by policy', async () => {
    while (await joinByPolicy(platform, programme));
  }, policyMs, platform.log);
  return {
    routes: [...memberRoutes(doors), ...listRoutes(doors)],
    heldData: heldMembers(platform.pg),
    figures: [figureSource(doors)],
    start: joining.start,
    stop: joining.stop,
  };
}

/** Since when somebody is a member, for the head of their page. */
const figureSource = ({ members, programme }: MembershipDoors): FigureSource => ({
  async read(customerNos, locale) {
    const standing = (await members.standings(customerNos.slice(0, 1))).get(customerNos[0]);
    if (!standing) return [];
    const tier = (await programme.versions()).flatMap(({ definition }) => definition.tiers).findLast(({ key }) => key === standing.tier);
    return [
      { label: 'membership:figure.tier', value: tier ? nameIn(tier.names, locale) : standing.tier, unit: 'text' },
      { label: 'membership:figure.memberSince', value: standing.joinedAt.toISOString(), unit: 'date' },
    ];
  },
});

function memberRoutes(doors: MembershipDoors): Route[] {
  const { platform, members, programme, say } = doors;
  const { pg: pool, clock, reader } = platform;
  const read = async (customerNo: number, locale: Actor['locale']) => {
    const accounts = await lineageOf(pool, customerNo);
    if (accounts.length === 0) throw notFound('membership.nobody', { customerNo });
    const rows = [...(await members.read(accounts)).values()];
    if (rows.length === 0) return null;
    const versions = await programme.versions();
    const standing = (await members.standings([customerNo])).get(customerNo) ?? standingOf(accounts, rows.map((row) => ({ ...row, leftAt: null })), []);
    const left = rows.every(({ leftAt }) => leftAt !== null) ? rows.toSorted((a, b) => Number(b.leftAt) - Number(a.leftAt))[0] : null;
    return shownMembership(accounts[0], left ?? standing.member, standing.joinedAt, shownTier(versions, (left ?? standing.member).tier, locale));
  };
  return [
    route(readMember, async ({ params: { customerNo }, actor: { locale } }) => ({ customerNo, membership: await read(customerNo, locale), computedAt: clock.now().toISOString() })),
    route(joinMember, async ({ body: { customerNo, channel }, actor }) => {
      const hasOrdered = await haveOrdered(reader, await lineageOf(pool, customerNo));
      const way = actor.kind === 'staff' ? 'staff' : 'asked';
      const isNew = await inTransaction(pool, async (client) => {
        const answer = (await members.ensureJoined(client, [
          { customerNo, at: clock.now().getTime(), way, channel: channel ?? null, hasOrdered, derivation: { by: actor.name } },
        ])).get(customerNo);
        if (!answer || 'refusal' in answer) throw refused(answer?.refusal ?? 'nobody', (reason) => say(actor.locale, 'membership', `members.refusal.${reason}`));
        if (answer.isNew) await recordAudit(client, { actor, action: 'membership.join', subject: `customer:${customerNo}`, details: { way, channel: channel ?? null } });
        return answer.isNew;
      });
      const membership = await read(customerNo, actor.locale);
      if (!membership) throw conflict('membership.no_member');
      return { customerNo: membership.customerNo, membership, isNew };
    }),
    route(leaveMembership, async ({ params: { customerNo }, body: { reason }, actor }) => {
      const at = clock.now();
      const accounts = await lineageOf(pool, customerNo);
      if (accounts.length === 0) throw notFound('membership.nobody', { customerNo });
      await inTransaction(pool, async (client) => {
        await leave(client, accounts, at, { by: actor.name, reason });
        await recordAudit(client, { actor, action: 'membership.leave', subject: `customer:${accounts[0]}`, details: { reason } });
      });
      return { customerNo: accounts[0], leftAt: at.toISOString() };
    }),
  ];
}

/** The reason in the words of the reader, and for programs as the code of the field. */
const refused = (refusal: JoinRefusal, sentence: (refusal: JoinRefusal) => string): Problem =>
  new Problem('membership.join_refused', { status: refusal === 'nobody' ? 404 : 409, params: { reason: sentence(refusal) }, fields: [{ path: 'body.customerNo', code: refusal, message: sentence(refusal) }] });

/** The columns of the file, as keys of `members.column` in the messages. */
const exportedColumns = ['customerNo', 'name', 'phone', 'tier', 'tierSince', 'joinedAt', 'joinedBy', 'channel', 'reviewAt', 'points', 'orders', 'spent'] as const;

function listRoutes({ platform, customers: { vault }, programme, say }: MembershipDoors): Route[] {
  return [
    route(listMembers, async ({ query, actor: { locale } }) => ({ ...(await listPage(platform, vault, await programme.versions(), query, locale)), computedAt: platform.clock.now().toISOString() })),
    rawRoute(exportMembersList, async ({ query, actor, reply }) => {
      const { sort: _, ...filters } = query;
      await recordAudit(platform.pg, { actor, action: 'membership.export', subject: 'members', details: { ...filters } });
      const word = (key: string): string => say(actor.locale, 'membership', key);
      const rows = allRows(platform, vault, await programme.versions(), query, actor.locale);
      const cells = async function* () {
        for await (const row of rows) yield exportedColumns.map((column) => (column === 'tier' ? row.tier.name : column === 'joinedBy' ? word(`members.way.${row.joinedBy}`) : row[column]));
      };
      return sendCsv(reply, `members-${platform.clock.now().toISOString().slice(0, 10)}.csv`, exportedColumns.map((column) => word(`members.column.${column}`)), cells());
    }),
  ];
}
