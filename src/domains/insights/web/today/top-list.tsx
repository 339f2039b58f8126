import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { ComputedAt, type DayRange, Flex, Link, Loaded, RankChart, Section, useEndpoint } from '../../../../web/kit.ts';
import { type FieldDimension, readBreakdown } from '../../contract.ts';
import { drawn } from '../report/use-figure-text.ts';

const shown = 10;

/** The values of a dimension with the greatest sales of the period, as sorted bars. */
export function TopList({ dimension, title, period }: { dimension: FieldDimension; title: string; period: DayRange }) {
  const { t } = useTranslation('insights');
  const breakdown = useEndpoint(readBreakdown, { params: { dimension }, query: { ...period, pageSize: shown, metrics: ['sales'] } });
  const rows = breakdown.data?.rows;
  const unknown = t('breakdown.unknown');
  const items = useMemo(
    () => (rows ?? []).map(({ label, figures }) => ({ label: label || unknown, value: drawn('sales', figures) })),
    [rows, unknown],
  );
  const more = `/insights?${new URLSearchParams({ dimension, ...period })}`;
  return (
    <Section>
      <Loaded from={breakdown}>
        {({ computedAt }) => (
          <RankChart
            title={title}
            heading={t(`dimension.${dimension}.label`)}
            items={items}
            unit="money"
            extra={
              <Flex gap="small" align="center">
                <ComputedAt at={computedAt} />
                <Link to={more}>{t('today.more')}</Link>
              </Flex>
            }
          />
        )}
      </Loaded>
    </Section>
  );
}
