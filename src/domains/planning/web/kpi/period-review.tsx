import { useTranslation } from 'react-i18next';
import { Alert, ComputedAt, EmptyState, Link, Loaded, Stack, StatGrid, StatTile, Table, type TableProps, Tag, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { AuditOutlined } from '../../../../web/icons.tsx';
import { type PlanPeriod, type ReviewedCard, reviewPeriod } from '../../contract.ts';
import { Distribution } from './distribution.tsx';
import { stateColors } from './state-colors.ts';
import { usePartText } from './use-part-text.ts';

const byNumber = (of: (card: ReviewedCard) => string | null) => (a: ReviewedCard, b: ReviewedCard): number => Number(of(a) ?? -1) - Number(of(b) ?? -1);

/** A period looked back at: who has what, how it is spread, and what calibration and appeals changed. */
export function PeriodReview({ planNo, period }: { planNo: number; period: PlanPeriod }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const text = usePartText();
  const review = useEndpoint(reviewPeriod, { params: { planNo, period } });
  const columns: TableProps<ReviewedCard>['columns'] = [
    { key: 'person', title: t('kpi.person'), sorter: (a, b) => a.person.name.localeCompare(b.person.name), render: (_, { cardNo, person }) => <Link to={`/plan/kpi/${cardNo}`}>{person.name}</Link> },
    { key: 'position', title: t('kpi.position'), render: (_, { position }) => position },
    { key: 'team', title: t('kpi.team'), render: (_, { team }) => team || '–' },
    { key: 'days', title: t('kpi.days'), render: (_, { from, until }) => `${format.date(from)} – ${format.date(until)}` },
    { key: 'unshifted', title: t('kpi.review.unshifted'), align: 'end', sorter: byNumber(({ unshifted }) => unshifted), render: (_, { unshifted }) => text.score(unshifted) },
    { key: 'points', title: t('kpi.review.points'), align: 'end', render: (_, { points }) => (points === null || Number(points) === 0 ? '–' : `${Number(points) > 0 ? '+' : ''}${format.number(points, 2)}`) },
    { key: 'first', title: t('kpi.review.first'), align: 'end', render: (_, { first }) => text.score(first) },
    { key: 'appeals', title: t('kpi.review.appeals'), render: (_, { appeals, kept, reopened }) => (appeals === 0 ? '–' : t('kpi.review.appealsOf', { appeals, kept, reopened })) },
    { key: 'total', title: t('kpi.review.total'), align: 'end', sorter: byNumber(({ total }) => total), render: (_, { state, total }) => (state === 'open' ? <Tag color={stateColors.open}>{t('kpi.states.open')}</Tag> : <b>{text.score(total)}</b>) },
  ];
  return (
    <Loaded from={review}>
      {({ open, cards, computedAt }) => {
        const frozen = cards.filter(({ total }) => total !== null);
        if (frozen.length === 0) return <EmptyState icon={<AuditOutlined />} title={t('kpi.review.none')} hint={t('kpi.review.noneHint')} />;
        const totals = frozen.map(({ total }) => Number(total));
        const shifted = cards.filter(({ points }) => points !== null && Number(points) !== 0).length;
        const changed = cards.filter(({ first, total, reopened }) => reopened > 0 && first !== total).length;
        return (
          <Stack>
            {open > 0 && <Alert type="info" showIcon title={t('kpi.review.open', { count: open })} />}
            <StatGrid>
              <StatTile label={t('kpi.review.frozen')} value={t('kpi.review.of', { some: format.number(frozen.length), all: format.number(cards.length) })} />
              <StatTile label={t('kpi.meanOf')} value={format.number(totals.reduce((sum, total) => sum + total, 0) / totals.length, 2)} />
              <StatTile label={t('kpi.review.shifted')} value={format.number(shifted)} />
              <StatTile label={t('kpi.review.changed')} value={format.number(changed)} />
            </StatGrid>
            <Distribution cards={frozen} />
            <Table<ReviewedCard> rowKey="cardNo" size="middle" columns={columns} dataSource={cards} scroll={{ x: 'max-content' }} pagination={cards.length > 20 ? { pageSize: 20 } : false} />
            <ComputedAt at={computedAt} />
          </Stack>
        );
      }}
    </Loaded>
  );
}
