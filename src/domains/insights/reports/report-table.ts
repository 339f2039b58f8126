import type { Locale } from '../../../kernel/locale.ts';
import type { Say } from '../../../platform/i18n.ts';
import type { AnswerReply, Figure, MetricUnit, Question, QuestionRow } from '../contract.ts';
import type { Questions } from '../question/replies.ts';

/** A report as a table to take out: for files, workbooks and mails. */
export interface ReportTable {
  /** Dimensions first, with no unit; a metric and, where it is compared, what it is compared with and the change as a share, which are not defined again. */
  columns: { key: string; label: string; unit: MetricUnit | null; definition: string }[];
  /** A cell a column: names of values as text, figures as answers have them. */
  rows: Figure[][];
  totals: Figure[];
  provenance: AnswerReply['provenance'];
  /** How many rows there are when the question's limit cut some off. */
  total: number;
}

/** Asks a report's question and lays the answer out, with headings in a language. */
export const createReportTables = (questions: Questions, say: Say) => async ({ question }: { question: Question }, locale: Locale): Promise<ReportTable> => {
  const { columns, rows, totals, totalsAgainst, provenance, total } = await questions.ask(question, locale);
  const dimensions = columns.filter(({ kind }) => kind === 'dimension');
  const metrics = columns.filter(({ kind }) => kind === 'metric');
  const isCompared = question.compare !== 'none';
  const text = (key: string, params: object): string => say(locale, 'insights', key, params as Record<string, unknown>);
  const cells = ({ figures, against }: Pick<QuestionRow, 'figures' | 'against'>): Figure[] => metrics.flatMap(({ key }) =>
    (isCompared ? [figures[key], against?.[key] ?? null, changeOf(figures[key], against?.[key] ?? null)] : [figures[key]]));
  return {
    columns: [
      ...dimensions.map(({ key, label, definition }) => ({ key, label, unit: null, definition })),
      ...metrics.flatMap(({ key, label, unit, definition }) => [
        { key, label, unit, definition },
        ...(isCompared ? [
          { key: `${key}.against`, label: text(`against.${question.compare}`, { metric: label }), unit, definition: '' },
          { key: `${key}.change`, label: text(question.compare === 'target' ? 'against.reached' : 'against.change', { metric: label }), unit: 'percent' as const, definition: '' },
        ] : []),
      ]),
    ],
    rows: rows.map((row) => [...row.labels.map((label) => (label === '' ? text('breakdown.unknown', {}) : label)), ...cells(row)]),
    totals: [...dimensions.map((_dimension, at) => (at === 0 ? text('against.total', {}) : '')), ...cells({ figures: totals, against: totalsAgainst })],
    provenance,
    total,
  };

  /** Against a period the change, against a target how much of it is reached. */
  function changeOf(now: Figure, then: Figure): number | null {
    if (now === null || then === null || Number(then) === 0) return null;
    const share = Number(now) / Number(then);
    return question.compare === 'target' ? share : share - 1;
  }
};
