import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { AnswerColumn, AnswerReply, Question } from '../contract.ts';
import type { Dimension, Metric } from '../registry/entry.ts';
import type { Registry } from '../registry/registry.ts';
import { againstTargets } from '../targets/against-targets.ts';
import type { Answered, Answers } from './answers.ts';
import { isTime } from './asked.ts';
import type { NamedFigures } from './shape.ts';

/** Answers as people read them: with names of columns and values in the reader's language. */
export interface Questions {
  ask(question: Question, locale: Locale, isFresh?: boolean): Promise<AnswerReply>;
}

/** Counted beside money, so that amounts of another currency never hide among those of the brand's. */
const otherCurrency = 'linesInOtherCurrency';

export function createQuestions(platform: Platform, registry: Registry, answers: Answers, say: Say): Questions {
  return {
    async ask(question, locale, isFresh) {
      const hasMoney = question.metrics.some((name) => registry.metric(name).table === 'lines' && registry.metric(name).unit === 'money');
      const metrics = hasMoney ? [...question.metrics, otherCurrency] : question.metrics;
      const answered = await answers({ ...question, metrics }, { limit: question.limit, offset: 0 }, isFresh);
      return replyOf(registry, say, locale, question, question.compare === 'target' ? await againstTargets(platform, registry, question, answered) : answered);
    },
  };
}

async function replyOf(registry: Registry, say: Say, locale: Locale, question: Question, answered: Answered): Promise<AnswerReply> {
  const { asked } = answered;
  const metrics = [...new Set(question.metrics)];
  const picked = (figures: NamedFigures): NamedFigures => Object.fromEntries(metrics.map((name) => [name, figures[name]]));
  const dimensions = asked.dimensions.map(registry.dimension);
  const named = await Promise.all(dimensions.map((dimension, at) => namesOf(dimension, answered.rows.map((row) => row.keys[at]), locale)));
  return {
    columns: [...dimensions.map((dimension) => dimensionColumn(say, locale, dimension)), ...metrics.map((name) => metricColumn(say, locale, registry.metric(name)))],
    rows: answered.rows.map(({ keys, figures, against }) => ({
      keys,
      labels: keys.map((key, at) => named[at].get(key) ?? key),
      figures: picked(figures),
      against: against && picked(against),
    })),
    total: answered.rowCount,
    totals: picked(answered.totals),
    totalsAgainst: answered.totalsAgainst && picked(answered.totalsAgainst),
    provenance: {
      period: asked.period,
      against: asked.against,
      compare: asked.compare,
      dataVersion: answered.dataVersion,
      computedAt: answered.computedAt,
      timeZone: asked.timeZone,
      currency: asked.currency,
      linesInOtherCurrency: Number(answered.totals[otherCurrency] ?? 0),
    },
  };
}

/** What people call values of a dimension; of a month its year and month are its name. */
export async function namesOf({ name, named }: Dimension, values: string[], locale: Locale): Promise<Map<string, string>> {
  if (name === 'month' || name === 'firstOrderMonth') return new Map(values.map((value) => [value, value.slice(0, 7)]));
  return isTime(name) || !named ? new Map() : named([...new Set(values)], locale);
}

/** `insights:metric.sales` with `.label` behind it, in a language. */
export function wordsOf(say: Say, locale: Locale, words: string): { label: string; definition: string } {
  const [namespace, key] = words.split(':');
  return { label: say(locale, namespace, `${key}.label`), definition: say(locale, namespace, `${key}.definition`) };
}

const dimensionColumn = (say: Say, locale: Locale, { name, words }: Dimension): AnswerColumn =>
  ({ key: name, kind: 'dimension', ...wordsOf(say, locale, words), unit: null, more: 'neutral', isAdditive: false, hasPeople: false });

const metricColumn = (say: Say, locale: Locale, { name, words, unit, more, isAdditive, people }: Metric): AnswerColumn =>
  ({ key: name, kind: 'metric', ...wordsOf(say, locale, words), unit, more, isAdditive, hasPeople: people !== undefined });
