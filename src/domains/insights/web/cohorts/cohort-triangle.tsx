import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { type TriangleCell, type TriangleRow, TriangleTable, useFormat } from '../../../../web/kit.ts';
import type { CohortCell, CohortKind, CohortUnit, readCohorts } from '../../contract.ts';
import { useCohortWords, valueOf, writtenValue } from './cohort-words.ts';
import type { CohortMeasure } from './use-cohort-question.ts';

interface CohortTriangleProps {
  reply: EndpointReply<typeof readCohorts>;
  kind: CohortKind;
  unit: CohortUnit;
  measure: CohortMeasure;
  onOpen: (row: { key: string | null } | 'all', age: number) => void;
}

const everybody = 'all';
/** Everybody ordered in their first period: that cell would make all others pale. */
const firstShown = (measure: CohortMeasure): number => (measure === 'retention' ? 1 : 0);

/** A row for each cohort, darker where more came back or brought more. */
export function CohortTriangle({ reply, kind, unit, measure, onOpen }: CohortTriangleProps) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const { rowName, ageName } = useCohortWords(kind, unit);
  const rows = useMemo((): TriangleRow[] => {
    const all = [...reply.rows.flatMap(({ cells }) => cells), ...reply.average].filter(({ age }) => age >= firstShown(measure));
    const most = Math.max(1e-9, ...all.map((cell) => valueOf(cell, measure) ?? 0));
    const countOf = ({ active, repurchased, of }: CohortCell): string => format.number(measure === 'retention' ? active : measure === 'repurchase' ? repurchased : of);
    const cellOf = (label: string, cell: CohortCell): TriangleCell => {
      const value = valueOf(cell, measure);
      const text = writtenValue(format, measure, value);
      return {
        text, detail: countOf(cell), heat: cell.age < firstShown(measure) ? 0 : Math.min(1, (value ?? 0) / most),
        label: t('cohorts.cell', { label, age: ageName(cell.age), value: `${text} (${countOf(cell)})` }),
        open: cell.isComplete ? undefined : t('cohorts.incompleteHint'),
      };
    };
    const total = reply.rows.reduce((sum, { size }) => sum + size, 0);
    return [
      { key: everybody, label: t('cohorts.average'), facts: [format.number(total)], cells: reply.average.map((cell) => cellOf(t('cohorts.average'), cell)), isTotal: true },
      ...reply.rows.map((row) => ({ key: `row ${row.key ?? ''} ${row.key === null}`, label: rowName(row), facts: [format.number(row.size)], cells: row.size === 0 ? [] : row.cells.map((cell) => cellOf(rowName(row), cell)) })),
    ];
  }, [reply, measure, format, t, rowName, ageName]);
  const ages = Math.max(0, ...reply.rows.map(({ cells }) => cells.length));
  const open = (key: string, column: number): void => {
    const row = reply.rows[rows.findIndex((each) => each.key === key) - 1];
    onOpen(key === everybody ? 'all' : { key: row.key }, column);
  };
  return (
    <TriangleTable
      title={t('cohorts.triangle')}
      corner={t(`cohorts.kind.${kind}`)}
      factHeads={[t('cohorts.size')]}
      columns={Array.from({ length: ages }, (_, age) => ageName(age))}
      rows={rows}
      onOpen={open}
    />
  );
}
