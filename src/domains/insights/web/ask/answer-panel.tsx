import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, ComputedAt, EmptyState, ErrorState, Flex, PageSkeleton, Select, Stack, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type AnswerView, askQuestion, type CellOf, type Question } from '../../contract.ts';
import { PeopleDrawer } from '../people/people-drawer.tsx';
import { AnswerChart } from './answer-chart.tsx';
import { AnswerTable } from './answer-table.tsx';
import { AnswerTiles } from './answer-tiles.tsx';

interface AnswerPanelProps {
  question: Question;
  view: AnswerView;
  title: string;
  onSort?: (sort: Question['sort']) => void;
  /** On a card there is room for the drawing alone. */
  isCard?: boolean;
}

/** Whether an answer can be drawn so; why not otherwise. */
export function viewRefusal(question: Question, view: AnswerView): 'needsDimension' | 'needsProvince' | null {
  if (view === 'table') return null;
  if (question.dimensions.length === 0) return 'needsDimension';
  return view === 'map' && !question.dimensions.some((name) => name === 'province' || name === 'region') ? 'needsProvince' : null;
}

/** The answer to a question: drawn, in rows, with what it is of. */
export function AnswerPanel({ question, view, title, onSort, isCard = false }: AnswerPanelProps) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const [people, setPeople] = useState<CellOf | null>(null);
  const [chosen, setChosen] = useState<string>();
  const found = useEndpoint(askQuestion, { body: { question } });
  const { data: answer, error } = found;
  if (error && (!answer || !found.isFetching)) return <ErrorState error={error} onRetry={() => void found.refetch()} />;
  if (!answer) return <PageSkeleton />;
  const { provenance } = answer;
  const metrics = answer.columns.filter(({ kind }) => kind === 'metric');
  const metric = metrics.find(({ key }) => key === chosen)?.key ?? metrics[0].key;
  const refusal = viewRefusal(question, view);
  const isEmpty = question.dimensions.length > 0 && answer.rows.length === 0;
  const range = (period: { from: string; to: string }): string => t('ask.range', { from: format.date(period.from), to: format.date(period.to) });
  return (
    <Stack>
      <Flex gap="small" wrap align="center" aria-busy={found.isPlaceholderData}>
        <Typography.Text type="secondary">{range(provenance.period)}</Typography.Text>
        {provenance.against && <Typography.Text type="secondary">{t('ask.against', { range: range(provenance.against) })}</Typography.Text>}
        <ComputedAt at={provenance.computedAt} />
      </Flex>
      {provenance.linesInOtherCurrency > 0 && !isCard && (
        <Alert type="warning" showIcon title={t('data.otherCurrency', { count: provenance.linesInOtherCurrency, shown: format.number(provenance.linesInOtherCurrency), currency: provenance.currency })} />
      )}
      {isEmpty && <EmptyState title={t('ask.emptyTitle')} hint={t('empty.periodHint')} />}
      {!isEmpty && view !== 'table' && refusal && <Alert type="info" showIcon title={t(`ask.${refusal}`)} />}
      {!isEmpty && view !== 'table' && !refusal && (
        <>
          {metrics.length > 1 && (
            <div>
              <Select aria-label={t('period.measure')} value={metric} popupMatchSelectWidth={false} options={metrics.map(({ key, label }) => ({ value: key, label }))} onChange={setChosen} />
            </div>
          )}
          <AnswerChart answer={answer} view={view} metric={metric} compare={question.compare} title={metrics.find(({ key }) => key === metric)?.label ?? title} />
        </>
      )}
      {question.dimensions.length === 0 && <AnswerTiles question={question} answer={answer} onPeople={setPeople} />}
      {!isEmpty && question.dimensions.length > 0 && (!isCard || view === 'table' || refusal !== null) && (
        <AnswerTable
          question={question}
          answer={answer}
          // The people of the days that are shown, also when the period has moved on since.
          onPeople={(of) => setPeople('relative' in question.period && of.at.some(({ dimension }) => /^(day|week|month)$/.test(dimension)) ? { ...of, question: { ...of.question, period: provenance.period } } : of)}
          {...(onSort ? { onSort } : {})}
        />
      )}
      {answer.total > answer.rows.length && <Typography.Text type="secondary">{t('ask.cut', { shown: answer.rows.length, total: answer.total })}</Typography.Text>}
      <PeopleDrawer of={people} onClose={() => setPeople(null)} />
    </Stack>
  );
}
