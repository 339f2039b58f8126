import { useTranslation } from 'react-i18next';
import { addDays } from '../../../../kernel/day.ts';
import { ComputedAt, Delta, DescriptionList, Flex, Loaded, Section, Stack, todayIn, Typography, useEndpoint, useFormat, useSession } from '../../../../web/kit.ts';
import { type MetricName, metricTraits, readOverview } from '../../contract.ts';
import { drawn, useFigureText } from '../report/use-figure-text.ts';

const metrics: MetricName[] = ['sales', 'orders', 'buyers', 'newBuyers'];

/** What moved since the day before: yesterday as a whole, and today so far. */
export function DayNews() {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const text = useFigureText();
  const today = todayIn(useSession().brand.timeZone);
  const yesterday = addDays(today, -1);
  const whole = useEndpoint(readOverview, { query: { from: yesterday, to: yesterday } });
  const soFar = useEndpoint(readOverview, { query: { from: today, to: today } });
  const now = soFar.data?.totals;
  return (
    <Section title={t('today.news', { day: format.date(yesterday) })}>
      <Loaded from={whole}>
        {({ totals, totalsBefore, computedAt }) => (
          <Stack>
            <DescriptionList
              columns={2}
              items={metrics.map((metric) => ({
                label: t(`metric.${metric}.label`),
                value: (
                  <Flex vertical>
                    <Typography.Text strong>{text(metric, totals, true)}</Typography.Text>
                    <small><Delta value={drawn(metric, totals)} previous={drawn(metric, totalsBefore)} more={metricTraits[metric].more} /></small>
                  </Flex>
                ),
              }))}
            />
            {now && (
              <Typography.Text type="secondary">
                {t('today.soFar', { sales: text('sales', now, true), orders: text('orders', now, true), newBuyers: text('newBuyers', now, true) })}
              </Typography.Text>
            )}
            <ComputedAt at={computedAt} />
          </Stack>
        )}
      </Loaded>
    </Section>
  );
}
