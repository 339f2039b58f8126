import { route, type Route } from '../../../platform/http/route.ts';
import type { Platform } from '../../../platform/platform.ts';
import { listTargets, setTargets } from '../contract.ts';
import { namesOf } from '../question/replies.ts';
import type { Registry } from '../registry/registry.ts';
import { readTargets, writeTargets } from './store.ts';
import { refuseTarget } from './refuse-target.ts';

export const targetRoutes = (platform: Platform, registry: Registry): Route[] => [
  route(listTargets, async ({ query, actor: { locale } }) => {
    const [from, to] = query.year ? [`${query.year}-01-01`, `${query.year}-12-31`] : ['1900-01-01', '2199-12-31'];
    const targets = await readTargets(platform, query.metric ? [query.metric] : null, from, to);
    const known = new Map(registry.dimensions().map((dimension) => [dimension.name, dimension]));
    return {
      targets: await Promise.all(targets.map(async (target) => {
        const dimension = known.get(target.dimension ?? '');
        const names = dimension && target.value !== null ? await namesOf(dimension, [target.value], locale) : new Map<string, string>();
        return { ...target, label: target.value === null ? null : (names.get(target.value) ?? target.value) };
      })),
    };
  }),
  route(setTargets, async ({ body, actor }) => {
    refuseTarget(registry, body.metric, body.dimension);
    await writeTargets(platform, actor, body);
  }),
];
