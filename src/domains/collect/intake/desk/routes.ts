import { route, type Route } from '../../../../platform/http/route.ts';
import type { Platform } from '../../../../platform/platform.ts';
import { inTransaction } from '../../../../platform/postgres/pool.ts';
import { recordAudit } from '../../../access/public.ts';
import type { FactLog } from '../../facts/fact-log.ts';
import { writeDeclared } from '../worker/personal/declared.ts';
import { declarePersonal, discardSetAside, listSetAside, readDataQuality, readSetAside, replayAllSetAside, replaySetAside } from './contract.ts';
import { dataQuality } from './data-quality.ts';
import type { SetAsideEvents } from './set-aside-events.ts';

export const deskRoutes = (platform: Platform, facts: FactLog, events: SetAsideEvents): Route[] => [
  route(listSetAside, ({ query }) => events.list(query)),
  route(replayAllSetAside, ({ body, actor }) => events.replayAll(body.reason, actor)),
  route(readSetAside, ({ params, actor }) => events.read(params.eventNo, actor)),
  route(replaySetAside, async ({ params, body, actor }) => {
    await events.replay(params.eventNo, body.body, actor);
    return {};
  }),
  route(discardSetAside, async ({ params, actor }) => {
    await events.discard(params.eventNo, actor);
    return {};
  }),
  route(readDataQuality, () => dataQuality(platform, facts)),
  route(declarePersonal, ({ body, actor }) => inTransaction(platform.pg, async (client) => {
    const names = [...new Set(body.names)];
    await writeDeclared(client, names);
    await recordAudit(client, { actor, action: 'collect.declare_personal_properties', subject: 'setting:collect.personal_properties', details: { names } });
    return { names };
  })),
];
