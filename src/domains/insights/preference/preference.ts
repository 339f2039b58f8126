import { route } from '../../../platform/http/route.ts';
import { readBrand } from '../../../platform/settings.ts';
import { readPreference } from '../contract/preference.ts';
import type { InsightsDoors, InsightsPart } from '../part.ts';
import { preferenceFields } from './fields.ts';
import { heldPreferences } from './held-data.ts';
import { preferenceFigures } from './person-figures.ts';
import { preferenceKind } from './preference-kind.ts';

/** What each person prefers, and their purchasing power. */
export function createPreference({ platform, models, customers }: InsightsDoors): InsightsPart {
  const kind = preferenceKind(platform);
  const currentId = (): number => models.currentId(kind.kind);
  customers.registerFigureSource(preferenceFigures(platform, currentId));
  return {
    models: [kind],
    fields: preferenceFields(currentId),
    heldData: [heldPreferences(platform)],
    routes: [
      route(readPreference, async () => {
        const [current, { currency }] = await Promise.all([models.current(kind), readBrand(platform.pg)]);
        return { result: current?.result ?? null, asOf: current?.asOf.toISOString() ?? null, currency };
      }),
    ],
  };
}
