import type { EndpointReply } from '../../../kernel/endpoint.ts';
import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { readDefinitions } from '../contract.ts';
import { namesOf, wordsOf } from '../question/replies.ts';
import type { Registry } from './registry.ts';

/** Everything that can be asked for, in a reader's language, and which of it goes together. */
export async function definitionsOf(registry: Registry, say: Say, locale: Locale): Promise<EndpointReply<typeof readDefinitions>> {
  const dimensions = registry.dimensions();
  return {
    metrics: registry.metrics().map((metric) => ({
      name: metric.name,
      ...wordsOf(say, locale, metric.words),
      subject: metric.subject,
      unit: metric.unit,
      more: metric.more,
      isAdditive: metric.isAdditive,
      hasPeople: metric.people !== undefined,
      dimensions: dimensions.filter((dimension) => registry.combines(metric, dimension)).map(({ name }) => name),
    })),
    dimensions: await Promise.all(dimensions.map(async (dimension) => {
      const names = await namesOf(dimension, [...(dimension.values ?? [])], locale);
      return {
        name: dimension.name,
        ...wordsOf(say, locale, dimension.words),
        group: dimension.group,
        isTime: dimension.ofTime !== undefined,
        values: dimension.values?.map((value) => ({ value, label: names.get(value) ?? value })) ?? null,
      };
    })),
  };
}
