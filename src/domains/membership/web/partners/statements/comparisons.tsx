import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Alert, Button, type Column, DataTable, EmptyState, FigureButton, Flex, type RowOf, Stack, Tag, Typography, useFormat, useSearchState } from '../../../../../web/kit.ts';
import { listPartnerComparisons } from '../../../contract.ts';
import { Differences } from './differences.tsx';

type Comparison = RowOf<typeof listPartnerComparisons>;
const chosen = z.object({ comparison: z.coerce.number().int().optional() });

/** Every comparison with a partner's statement, and of the chosen one what differed. */
export function Comparisons({ partnerId, onCompare }: { partnerId: number; onCompare: () => void }) {
  const { t } = useTranslation('membership');
  const [{ comparison }, change] = useSearchState(chosen);
  const columns = useComparisonColumns((comparisonId) => change({ comparison: comparisonId === comparison ? undefined : comparisonId }));
  const compare = <Button type="primary" onClick={onCompare}>{t('partners.compare.add')}</Button>;
  return (
    <Stack>
      <Flex gap={8} wrap align="center" justify="space-between"><Typography.Title level={4}>{t('partners.compare.title')}</Typography.Title>{compare}</Flex>
      <DataTable endpoint={listPartnerComparisons} params={{ partnerId }} columns={columns} rowKey={({ comparisonId }) => comparisonId} prefix="compared" empty={<EmptyState title={t('partners.compare.none')} hint={t('partners.compare.noneHint')} />} />
      {comparison !== undefined && <Differences key={comparison} comparisonId={comparison} />}
    </Stack>
  );
}

function useComparisonColumns(onOpen: (comparisonId: number) => void): Column<Comparison>[] {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const count = (key: 'onlyOurs' | 'onlyTheirs' | 'amountsDiffer'): Column<Comparison> => ({ key, title: t(`partners.compare.${key}`), numeric: true, render: (row) => format.number(row[key]) });
  return [
    { key: 'period', title: t('partners.compare.period'), render: ({ from, to, basis }) => <Flex gap={4} wrap align="center">{`${format.date(from)} – ${format.date(to)}`}<Tag>{t(`partners.compare.basisOf.${basis}`)}</Tag></Flex> },
    { key: 'lines', title: t('partners.compare.lines'), numeric: true, render: ({ lines }) => format.number(lines) },
    { key: 'matched', title: t('partners.compare.matched'), numeric: true, render: ({ matched }) => format.number(matched) },
    count('onlyOurs'), count('onlyTheirs'), count('amountsDiffer'),
    { key: 'bad', title: t('partners.compare.bad'), numeric: true, render: ({ bad, badCount }) => (badCount === 0 ? null : <BadLines bad={bad} badCount={badCount} />) },
    { key: 'open', title: t('partners.compare.open'), numeric: true, render: ({ comparisonId, open }) => <FigureButton text={t('partners.compare.openCount', { shown: format.number(open) })} label={t('partners.compare.openDifferences')} onClick={() => onOpen(comparisonId)} /> },
    { key: 'madeAt', title: t('partners.compare.madeAt'), render: ({ madeAt, madeBy }) => `${format.dateTime(madeAt)} · ${madeBy === 'system' ? t('partners.bySystem') : madeBy}` },
  ];
}

function BadLines({ bad, badCount }: { bad: Comparison['bad']; badCount: number }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const told = bad.slice(0, 5).map(({ line, why }) => t('partners.compare.badLine', { line, why: t(`partners.compare.why.${why}`) })).join(' · ');
  return <Alert type="warning" title={format.number(badCount)} description={told} />;
}
