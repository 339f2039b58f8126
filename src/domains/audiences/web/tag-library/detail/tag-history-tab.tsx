import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ComputedAt, Flex, Loaded, Section, SegmentedControl, Select, Stack, TrendChart, useEndpoint, useFormat } from '../../../../../web/kit.ts';
import { readTagHistory, type TagDetail } from '../../../contract.ts';

const spans = ['30', '90', '365'] as const;

/** How many had it day by day, and who came and left; of tiers, of each. */
export function TagHistoryTab({ tag }: { tag: TagDetail }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const [span, setSpan] = useState<(typeof spans)[number]>('90');
  const [tagId, setTagId] = useState(tag.tagId);
  const history = useEndpoint(readTagHistory, { params: { tagId }, query: { days: Number(span) } });
  const days = useMemo(() => history.data?.days ?? [], [history.data]);
  const categories = useMemo(() => days.map(({ day }) => format.date(day)), [days, format]);
  const sizes = useMemo(() => [{ name: t('tags.size'), values: days.map(({ size }) => size), kind: 'area' as const }], [days, t]);
  const moves = useMemo(
    () => [
      { name: t('web.history.entered'), values: days.map(({ entered }) => entered), kind: 'bar' as const, stack: 'moves' },
      { name: t('web.history.left'), values: days.map(({ left }) => -left), kind: 'bar' as const, stack: 'moves' },
    ],
    [days, t],
  );
  const [first, last] = [days.at(0), days.at(-1)];
  const summary = first && last && t('web.history.summary', { from: format.date(first.day), first: format.number(first.size), to: format.date(last.day), last: format.number(last.size) });
  return (
    <Loaded from={history}>
      {({ computedAt }) => (
        <Stack>
          <Flex gap="small" align="center" wrap>
            <SegmentedControl label={t('tags.span')} value={span} options={spans.map((value) => ({ value, label: t('tags.lastDays', { count: Number(value) }) }))} onChange={setSpan} />
            {tag.tiers.length > 0 && <Select aria-label={t('tags.tier.title')} value={tagId} popupMatchSelectWidth={false} options={[{ value: tag.tagId, label: t('tags.tier.all') }, ...tag.tiers.map((tier) => ({ value: tier.tagId, label: tier.label }))]} onChange={setTagId} />}
            <ComputedAt at={computedAt} />
          </Flex>
          <Section><TrendChart title={t('web.history.size')} heading={t('web.history.day')} categories={categories} series={sizes} summary={summary} /></Section>
          <Section><TrendChart title={t('web.history.moves')} heading={t('web.history.day')} categories={categories} series={moves} heightPx={220} /></Section>
        </Stack>
      )}
    </Loaded>
  );
}
