import type { Actor } from '../../../kernel/actor.ts';
import { parseSort } from '../../../kernel/page.ts';
import { notFound, Problem } from '../../../kernel/problem.ts';
import { route, type Route } from '../../../platform/http/route.ts';
import type { Vault } from '../../customers/public.ts';
import {
  compareAudiences, createAudience, deleteAudience, listAudiences, listMembers, readAudience, readHistory, type ShownAudience, updateAudience,
} from '../contract/audiences.ts';
import { listAudienceRules } from '../contract/rule-history.ts';
import { changeAudience, type Keeping, makeAudience, removeAudience, type Removing } from './keeping/keep-audiences.ts';
import { pageOfRules } from './keeping/rule-versions.ts';
import { showAudiences, type Showing } from './keeping/shown.ts';
import { audienceSorts, findAudiences, pageOfAudiences } from './keeping/store.ts';
import type { Memberships } from './membership/memberships.ts';
import { readDays } from './reading/history.ts';
import { membersPage } from './reading/members-page.ts';
import { overlapOf } from './reading/overlap.ts';

export interface StoredRouteParts extends Keeping, Removing, Showing {
  vault: Vault;
  memberships: Memberships;
}

const sorts = Object.keys(audienceSorts) as (keyof typeof audienceSorts)[];

/** Endpoints of stored audiences. */
export function storedRoutes(parts: StoredRouteParts): Route[] {
  const { platform, vault, memberships } = parts;
  const now = (): string => platform.clock.now().toISOString();
  const shown = async (audienceId: number, { locale }: Actor): Promise<ShownAudience> => {
    const [audience] = await showAudiences(parts, await findAudiences(platform.pg, [audienceId]), locale);
    if (!audience) throw notFound('audiences.not_found', { audienceId });
    return audience;
  };
  return [
    route(listAudiences, async ({ query, actor }) => {
      const order = parseSort(query.sort, sorts);
      if (query.sort && !order) throw new Problem('audiences.bad_sort', { params: { allowed: sorts }, fields: [{ path: 'query.sort', code: 'bad_sort' }] });
      const { field, descending } = order ?? { field: 'createdAt', descending: true };
      const asked = { q: query.q, kind: query.kind, archived: query.archived === '1', limit: query.pageSize, offset: (query.page - 1) * query.pageSize };
      const { rows, total } = await pageOfAudiences(platform.pg, asked, field, descending);
      return { rows: await showAudiences(parts, rows, actor.locale), total, computedAt: now() };
    }),
    route(createAudience, async ({ body, actor }) => shown(await makeAudience(parts, body, actor), actor)),
    route(readAudience, ({ params, actor }) => shown(params.audienceId, actor)),
    route(updateAudience, async ({ params, body, actor }) => {
      await changeAudience(parts, params.audienceId, body, actor);
      return shown(params.audienceId, actor);
    }),
    route(deleteAudience, async ({ params, actor }) => {
      await removeAudience(parts, params.audienceId, actor);
      return {};
    }),
    route(listMembers, ({ params, query }) => membersPage(platform, vault, memberships, params.audienceId, query)),
    route(readHistory, async ({ params, query }) => ({ days: await readDays(platform, params.audienceId, query), computedAt: now() })),
    route(listAudienceRules, async ({ params: { audienceId }, query, actor }) => {
      const audience = (await findAudiences(platform.pg, [audienceId])).at(0);
      if (!audience) throw notFound('audiences.not_found', { audienceId });
      const { rows, total } = await pageOfRules(platform.pg, audienceId, query);
      const told = rows.map(async (row) => ({ ...row, isPresent: row.ruleVersion === audience.ruleVersion, madeAt: row.madeAt.toISOString(), sentence: await parts.sentence(row.rule, actor.locale) }));
      return { rows: await Promise.all(told), total, computedAt: now() };
    }),
    route(compareAudiences, async ({ query }) => ({
      ...(await overlapOf(platform, memberships, query.ids.split(',').map(Number), query.on ?? null)), computedAt: now(),
    })),
  ];
}
