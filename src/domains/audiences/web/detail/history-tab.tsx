import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { daySchema } from '../../../../kernel/day.ts';
import { addDays, ComputedAt, DateRangePicker, EmptyState, Flex, Loaded, Section, Stack, todayIn, TrendChart, useEndpoint, useFormat, useSearchState, useSession } from '../../../../web/kit.ts';
import { readHistory, type ShownAudience } from '../../contract.ts';

const rangeState = z.object({ from: daySchema.optional(), to: daySchema.optional() });

/** How its size moved, day by day, and who came in and left. */
export function HistoryTab({ audience }: { audience: ShownAudience }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const today = todayIn(useSession().brand.timeZone);
  const [chosen, change] = useSearchState(rangeState);
  const range = { from: chosen.from ?? addDays(today, -29), to: chosen.to ?? today };
  const history = useEndpoint(readHistory, { params: { audienceId: audience.audienceId }, query: range });
  const days = useMemo(() => history.data?.days ?? [], [history.data]);
  const categories = useMemo(() => days.map(({ day }) => format.date(day)), [days, format]);
  const sizes = useMemo(() => [{ name: t('web.detail.size'), values: days.map(({ size }) => size), kind: 'area' as const }], [days, t]);
  const moves = useMemo(
    () => [
      { name: t('web.history.entered'), values: days.map(({ entered }) => entered), kind: 'bar' as const, stack: 'moves' },
      { name: t('web.history.left'), values: days.map(({ left }) => -left), kind: 'bar' as const, stack: 'moves' },
    ],
    [days, t],
  );
  const picker = <DateRangePicker value={range} onChange={(next) => next && change(next)} />;
  return (
    <Loaded from={history}>
      {({ computedAt }) => (
        <Stack>
          <Flex gap="small" align="center" wrap>{picker}<ComputedAt at={computedAt} /></Flex>
          {days.length === 0 ? (
            <EmptyState title={t('web.history.empty')} hint={t('web.history.emptyHint')} />
          ) : (
            <>
              <Section>
                <TrendChart title={t('web.history.size')} heading={t('web.history.day')} categories={categories} series={sizes} summary={t('web.history.summary', { from: format.date(days[0].day), first: format.number(days[0].size), to: format.date(days[days.length - 1].day), last: format.number(days[days.length - 1].size) })} />
              </Section>
              <Section>
                <TrendChart title={t('web.history.moves')} heading={t('web.history.day')} categories={categories} series={moves} heightPx={220} />
              </Section>
            </>
          )}
        </Stack>
      )}
    </Loaded>
  );
}
