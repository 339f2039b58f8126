import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { type ChartSeries, TrendChart } from '../../../../web/kit.ts';
import type { CohortCell, CohortKind, CohortUnit, readCohorts } from '../../contract.ts';
import { unitOf, useCohortWords, valueOf } from './cohort-words.ts';
import type { CohortMeasure } from './use-cohort-question.ts';

interface CohortCurvesProps {
  reply: EndpointReply<typeof readCohorts>;
  kind: CohortKind;
  unit: CohortUnit;
  measure: CohortMeasure;
}

/** More lines than these cannot be told apart. */
const mostLines = 7;

/** Cohorts side by side at the same age, whole periods only, with all of them together. */
export function CohortCurves({ reply, kind, unit, measure }: CohortCurvesProps) {
  const { t } = useTranslation('insights');
  const { rowName, ageName } = useCohortWords(kind, unit);
  const first = measure === 'retention' ? 1 : 0;
  const { categories, series } = useMemo(() => {
    const length = Math.max(reply.average.length, ...reply.rows.map(({ cells }) => cells.filter(({ isComplete }) => isComplete).length));
    const ages = Array.from({ length: Math.max(0, length - first) }, (_, i) => i + first);
    const values = (cells: CohortCell[]): (number | null)[] => ages.map((age) => (cells[age]?.isComplete ? valueOf(cells[age], measure) : null));
    const told = reply.rows.filter(({ size, cells }) => size > 0 && cells.some(({ age, isComplete }) => isComplete && age >= first));
    const lines = (kind === 'time' ? told.slice(-mostLines) : told.slice(0, mostLines)).map((row): ChartSeries => ({ name: rowName(row), values: values(row.cells) }));
    return { categories: ages.map(ageName), series: [{ name: t('cohorts.average'), values: values(reply.average), kind: 'area' as const }, ...lines] };
  }, [reply, kind, measure, first, rowName, ageName, t]);
  return <TrendChart title={t(`cohorts.measure.${measure}`)} heading={t(`cohorts.ages_${unit}`)} categories={categories} series={series} unit={unitOf(measure)} heightPx={360} />;
}
