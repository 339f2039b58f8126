import type { Say } from '../../../platform/i18n.ts';
import { knownEventLabel } from '../../collect/contract.ts';
import type { Commerce } from '../../commerce/public.ts';
import { genders } from '../../customers/contract.ts';
import { ownDimensions } from './dimensions.ts';
import type { Dimension } from './entry.ts';
import { orderMetrics } from './order-metrics.ts';
import { customerMetrics, eventMetrics } from './people-metrics.ts';
import { createRegistry, type Registry } from './registry.ts';
import { customers, events, firstOrderTable, lines } from './tables.ts';

/** What this domain knows to ask by itself. Domains to the right register theirs. */
export function ownRegistry(products: Commerce['products'], say: Say): Registry {
  const worded = (words: (value: string) => [namespace: string, key: string] | null): Dimension['named'] => async (values, locale) =>
    new Map(values.flatMap((value) => {
      const said = words(value);
      return said ? [[value, say(locale, ...said)]] : [];
    }));
  const names: Record<string, Dimension['named']> = {
    product: (values) => products.namesOf(values),
    gender: worded((value) => (genders.some((gender) => gender === value) ? ['customers', `gender.${value}`] : null)),
    newness: worded((value) => (value === '' ? null : ['insights', `newness.${value}`])),
    ageBand: worded((value) => (value === '' ? null : ['insights', `ageBand.${value}`])),
    priceBand: worded((value) => (value === '' ? null : ['insights', `priceBand.${value.replace('.', '_')}`])),
    event: worded((value) => {
      const label = knownEventLabel(value);
      return label === undefined ? null : ['collect', label.slice('collect:'.length)];
    }),
  };
  return createRegistry({
    tables: [lines, events, customers, firstOrderTable],
    metrics: [...orderMetrics, ...customerMetrics, ...eventMetrics],
    dimensions: ownDimensions.map((dimension) => ({ ...dimension, ...(names[dimension.name] ? { named: names[dimension.name] } : {}) })),
  });
}
