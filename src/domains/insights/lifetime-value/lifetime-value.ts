import { route } from '../../../platform/http/route.ts';
import { lifetimeParams, lifetimeResult, readLifetimeValue } from '../contract/lifetime-value.ts';
import { modelKind } from '../models/model-kind.ts';
import type { InsightsDoors, InsightsPart } from '../part.ts';
import type { PeopleSource } from '../people/people.ts';
import { dropRun } from './history/gather.ts';
import { lifetimeFields } from './people/fields.ts';
import { lifetimeFigures } from './people/figures.ts';
import { heldLifetime } from './people/held-lifetime.ts';
import { lifetimePeople } from './people/lifetime-people.ts';
import { runLifetimeValue } from './run/run.ts';

export const lifetimeKind = 'lifetime_value';

/** What customers will still buy and bring: who is likely to come back, and what that is worth. */
export function createLifetimeValue({ platform, say, audiences, customers, models }: InsightsDoors): InsightsPart {
  const { clickhouse, reader } = platform;
  const kind = modelKind({
    kind: lifetimeKind,
    params: lifetimeParams,
    result: lifetimeResult,
    begins: { reading: 0, fitting: 0.4, checking: 0.6, scoring: 0.75, keeping: 0.95 },
    run: (run) => runLifetimeValue(platform, run),
    forget: (modelId) => dropRun(clickhouse, modelId),
    async isThere(modelId, { buyers }) {
      const rows = await clickhouse.rows('select toUInt32(count()) as people from lifetime_value where model_id = {modelId:UInt32}', { modelId });
      return buyers === 0 || (rows as { people: number }[])[0].people > 0;
    },
  });
  const current = () => models.current(kind);
  const modelId = (): number => models.currentId(lifetimeKind);
  customers.registerFigureSource(lifetimeFigures(platform, modelId));
  return {
    routes: [
      route(readLifetimeValue, async () => {
        const found = await current();
        return { current: found && { modelId: found.modelId, asOf: found.asOf.toISOString(), result: found.result } };
      }),
    ],
    models: [kind],
    fields: lifetimeFields(modelId),
    people: [lifetimePeople({ reader, say, audiences, current }) as PeopleSource],
    heldData: [heldLifetime(platform)],
  };
}
