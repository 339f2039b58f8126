import { route, type Route } from '../../../platform/http/route.ts';
import { createWriteKey, listWriteKeys, revokeWriteKey } from './contract.ts';
import type { WriteKeys } from './service.ts';

export const writeKeyRoutes = (keys: WriteKeys): Route[] => [
  route(listWriteKeys, ({ query }) => keys.list(query)),
  route(createWriteKey, ({ body, actor }) => keys.create(body.name, actor)),
  route(revokeWriteKey, async ({ params, actor }) => {
    await keys.revoke(params.writeKeyId, actor);
    return {};
  }),
];
