import { useTranslation } from 'react-i18next';
import { Section, Table, Tag, Typography, useFormat } from '../../../../web/kit.ts';
import type { CampaignResult, Lift } from '../../contract.ts';
import { useBetween } from './use-between.ts';

const verdictColor = { more: 'success', less: 'error', unclear: 'default', unknown: 'default' } as const;
function verdictOf({ low, high }: Lift['sharp']): keyof typeof verdictColor {
  if (low === null || high === null) return 'unknown';
  return low > 0 ? 'more' : high < 0 ? 'less' : 'unclear';
}

/** What a person did more for being reached: plain, and sharpened by what the same people did before. */
export function LiftTable({ result: { lifts, currency } }: { result: CampaignResult }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const { cents, points, orders, chance, signedCents, signedPercent, signedPoints, signedOrders } = useBetween(currency);
  const written = ({ metric }: Lift, value: number): string => (metric === 'buyers' ? signedPoints(value) : metric === 'orders' ? signedOrders(value) : signedCents(value));
  const within = ({ metric }: Lift, interval: Lift['sharp']): string => (metric === 'buyers' ? points(interval) : metric === 'orders' ? orders(interval) : cents(interval));
  const base = ({ metric, base: value }: Lift): string => (metric === 'buyers' ? format.percent(value, 2) : metric === 'orders' ? value.toFixed(3) : format.money(value.toFixed(2), currency));
  return (
    <Section title={t('results.lift.title')}>
      <Table<Lift>
        rowKey="metric" size="small" pagination={false} dataSource={lifts} scroll={{ x: 'max-content' }}
        columns={[
          { key: 'metric', title: t('results.lift.metric'), render: (_, { metric }) => t(`results.lift.of.${metric}`) },
          { key: 'base', title: t('results.lift.base'), align: 'end', render: (_, lift) => base(lift) },
          { key: 'sharp', title: t('results.lift.more'), align: 'end', render: (_, lift) => <strong>{written(lift, lift.sharp.difference)}</strong> },
          { key: 'between', title: t('results.lift.between'), align: 'end', render: (_, lift) => within(lift, lift.sharp) },
          { key: 'relative', title: t('results.lift.relative'), align: 'end', render: (_, { relative }) => (relative === null ? '–' : signedPercent(relative.difference)) },
          { key: 'p', title: t('results.lift.p'), align: 'end', render: (_, { sharp }) => chance(sharp.p) },
          { key: 'verdict', title: t('results.lift.verdict'), render: (_, { sharp }) => <Tag color={verdictColor[verdictOf(sharp)]}>{t(`results.verdict.${verdictOf(sharp)}`)}</Tag> },
          { key: 'plain', title: t('results.lift.plain'), align: 'end', render: (_, lift) => within(lift, lift.plain) },
          { key: 'explained', title: t('results.lift.narrower'), align: 'end', render: (_, { explained }) => format.percent(1 - Math.sqrt(1 - explained)) },
        ]}
      />
      <Typography.Text type="secondary"><small>{t('results.lift.note')}</small></Typography.Text>
    </Section>
  );
}
