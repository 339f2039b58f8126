import { useTranslation } from 'react-i18next';
import { Section, Table, Tag, Typography, useFormat } from '../../../../web/kit.ts';
import type { CampaignResult, SegmentLift, SegmentName } from '../../contract.ts';
import { useBetween } from './use-between.ts';

const colors: Record<SegmentLift['verdict'], string> = { gained: 'success', harmed: 'error', unclear: 'default', too_few: 'default' };

/** The name of where buyers were. */
export function useSegmentName(): (segment: SegmentName) => string {
  const { t } = useTranslation('campaigns');
  return (segment) => (segment === 'never' ? t('results.segments.never') : t(`audiences:rfm.segment.${segment}`));
}

/** Who gained, and who was harmed, by where people were before. */
export function SegmentSection({ result: { segments, currency } }: { result: CampaignResult }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const nameOf = useSegmentName();
  const { cents, chance, signedCents, signedPoints } = useBetween(currency);
  return (
    <Section title={t('results.bySegment.title')}>
      <Table<SegmentLift>
        rowKey="segment" size="small" pagination={false} dataSource={segments} scroll={{ x: 'max-content' }}
        columns={[
          { key: 'segment', title: t('results.bySegment.segment'), render: (_, { segment }) => nameOf(segment) },
          { key: 'people', title: t('results.reached'), align: 'end', sorter: (a, b) => a.people - b.people, render: (_, { people }) => format.number(people) },
          { key: 'control', title: t('plans.effect.control'), align: 'end', render: (_, { control }) => format.number(control) },
          { key: 'buyers', title: t('results.lift.of.buyers'), align: 'end', render: (_, { buyers, verdict }) => (verdict === 'too_few' ? '–' : signedPoints(buyers.difference)) },
          { key: 'revenue', title: t('results.lift.of.revenue'), align: 'end', sorter: (a, b) => a.revenue.difference - b.revenue.difference, render: (_, { revenue, verdict }) => (verdict === 'too_few' ? '–' : signedCents(revenue.difference)) },
          { key: 'between', title: t('results.lift.between'), align: 'end', render: (_, { revenue, verdict }) => (verdict === 'too_few' ? '–' : cents(revenue)) },
          { key: 'p', title: t('results.lift.p'), align: 'end', render: (_, { revenue }) => chance(revenue.p) },
          { key: 'verdict', title: t('results.lift.verdict'), render: (_, { verdict }) => <Tag color={colors[verdict]}>{t(`results.bySegment.${verdict}`)}</Tag> },
        ]}
      />
      <Typography.Text type="secondary"><small>{t('results.bySegment.note', { count: segments.filter(({ verdict }) => verdict !== 'too_few').length })}</small></Typography.Text>
    </Section>
  );
}
