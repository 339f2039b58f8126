import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, ComputedAt, DescriptionList, DetailLayout, DrawnLines, EmptyState, Loaded, PageHeader, Section, Space, Stack, StatGrid, StatTile, Tag, TrendChart, Typography, useAction, useEndpoint, useFormat, useMay, useNavigateTo, usePathParam } from '../../../../web/kit.ts';
import { EditOutlined, GiftOutlined, PauseCircleOutlined, PlayCircleOutlined } from '../../../../web/icons.tsx';
import { listBenefits, readBenefit, readBenefitMatrix, type ShownBenefit, stopBenefit } from '../../contract.ts';
import { TierBadge } from '../members/tier-badge.tsx';
import { GiveForm } from './give-form.tsx';
import { GrantsTab } from './grants-tab.tsx';
import { stateColors } from './use-benefit-columns.tsx';
import { useOverBudget } from './use-over-budget.ts';
import { useWho } from '../use-who.ts';

/** One benefit: what it promises to whom, what became of it, and to whom it was given. */
export default function BenefitPage() {
  const benefit = useEndpoint(readBenefit, { params: { benefitId: Number(usePathParam('benefitId')) } });
  return <Loaded from={benefit}>{(shown) => <Shown benefit={shown} />}</Loaded>;
}

function Shown({ benefit }: { benefit: ShownBenefit }) {
  const { t } = useTranslation('membership');
  const isGiven = 'gifts' in benefit.definition.promise;
  return (
    <DetailLayout
      header={<Header benefit={benefit} />}
      summary={
        <Stack>
          {benefit.fullLines && <Alert type="error" showIcon title={t('benefits.fullLines', { lines: benefit.fullLines.join(t('benefits.says.comma')) })} description={t('benefits.fullLinesHint')} />}
          {benefit.oscillating > 0 && <Alert type="warning" showIcon title={t('benefits.oscillating', { count: benefit.oscillating })} />}
          <DrawnLines lines={benefit.budgetLines} />
          <NoEstimate benefit={benefit} />
          <Figures benefit={benefit} />
        </Stack>
      }
      tabs={[
        ...(isGiven ? [{ key: 'grants', label: t('benefits.tab.grants'), content: <GrantsTab benefitId={benefit.benefitId} /> }] : []),
        { key: 'months', label: t('benefits.tab.months'), content: <Months benefit={benefit} /> },
      ]}
    />
  );
}

/** What draws on the budget without anybody being able to tell what it will come to, or with less than it will. */
function NoEstimate({ benefit: { benefitId, budgetLines, expected, cost, points, state } }: { benefit: ShownBenefit }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const navigate = useNavigateTo();
  const mayKeep = useMay('membership.benefits');
  if (budgetLines.length === 0 || Number(cost) + Number(points?.each ?? 0) === 0 || (state !== 'running' && state !== 'planned')) return null;
  const room = budgetLines.reduce((all, { free, holds }) => all + Number(holds) + Math.max(0, Number(free)), 0);
  if (expected !== null) {
    if (Number(expected.amount) <= room + 0.01) return null;
    return <Alert type="warning" showIcon title={t('benefits.expected.short', { expected: format.money(expected.amount), room: format.money(room) })} description={t('benefits.expected.shortHint')} />;
  }
  const action = mayKeep && <Button size="small" onClick={() => navigate(`/members/benefits/${benefitId}/edit`)}>{t('benefits.expected.plan')}</Button>;
  return <Alert type="info" showIcon title={t('benefits.expected.none')} description={t('benefits.expected.noneHint')} action={action} />;
}

function Header({ benefit }: { benefit: ShownBenefit }) {
  const { t } = useTranslation('membership');
  const navigate = useNavigateTo();
  const [mayKeep, mayGive] = [useMay('membership.benefits'), useMay('membership.adjust')];
  const [isGiving, setGiving] = useState(false);
  const { benefitId, name, state, definition } = benefit;
  const isStopped = state === 'stopped';
  const stop = useAction(stopBenefit, { invalidates: [readBenefit, listBenefits, readBenefitMatrix], onSuccess: useOverBudget(), done: t(isStopped ? 'benefits.resumed' : 'benefits.stopped') });
  return (
    <>
      <PageHeader
        title={name}
        subtitle={benefit.sentence}
        breadcrumbs={[{ label: t('benefits.title'), to: '/members/benefits' }]}
        actions={
          <>
            {mayGive && 'gifts' in definition.promise && <Button icon={<GiftOutlined />} onClick={() => setGiving(true)}>{t('benefits.give.title')}</Button>}
            {mayKeep && <Button icon={isStopped ? <PlayCircleOutlined /> : <PauseCircleOutlined />} loading={stop.isPending} onClick={() => stop.mutate({ params: { benefitId }, body: { stopped: !isStopped } })}>{t(isStopped ? 'benefits.resume' : 'benefits.stop')}</Button>}
            {mayKeep && <Button type="primary" icon={<EditOutlined />} onClick={() => navigate(`/members/benefits/${benefitId}/edit`)}>{t('benefits.edit')}</Button>}
          </>
        }
      />
      <GiveForm benefitId={benefitId} open={isGiving} onClose={() => setGiving(false)} />
    </>
  );
}

function Figures({ benefit }: { benefit: ShownBenefit }) {
  const { t } = useTranslation('membership');
  const who = useWho();
  const format = useFormat();
  const { counts, points, definition: { limits: { perMember }, validDays } } = benefit;
  const count = (key: 'granted' | 'used' | 'expired' | 'refused' | 'takenBack') => <StatTile label={t(`benefits.column.${key}`)} value={format.number(counts[key])} />;
  const isGiven = 'gifts' in benefit.definition.promise;
  return (
    <Stack>
      <Section>
        <DescriptionList
          items={[
            { label: t('benefits.column.state'), value: <Tag color={stateColors[benefit.state]}>{t(`benefits.state.${benefit.state}`)}</Tag> },
            { label: t('benefits.column.kind'), value: t(`benefits.kind.${benefit.kind}`) },
            { label: t('benefits.column.tiers'), value: <Space wrap size={[12, 0]}>{benefit.tiers.map((tier) => <TierBadge key={tier.key} tier={tier} />)}</Space> },
            { label: t('benefits.field.startsAt'), value: format.dateTime(benefit.startsAt) },
            ...(benefit.endsAt === null ? [] : [{ label: t('benefits.field.endsAt'), value: format.dateTime(benefit.endsAt) }]),
            { label: t('benefits.column.each'), value: format.money(benefit.cost) },
            ...(points === null ? [] : [{ label: t('benefits.points.each'), value: format.money(points.each) }]),
            ...(validDays === null ? [] : [{ label: t('benefits.field.validDays'), value: t('benefits.validFor', { count: validDays }) }]),
            ...(perMember === null ? [] : [{ label: t('benefits.field.perMember'), value: t('benefits.perPeriod', { period: t(`benefits.field.period_${perMember.period}`), count: perMember.times }) }]),
            ...(benefit.expected === null ? [] : [{ label: t('benefits.expected.title'), value: <ExpectedCost expected={benefit.expected} /> }]),
            ...(benefit.left === null ? [] : [{ label: t('benefits.column.left'), value: format.number(benefit.left) }]),
            { label: t('benefits.changed'), value: t('benefits.changedBy', { by: who(benefit.changedBy), when: format.dateTime(benefit.changedAt) }) },
          ]}
        />
      </Section>
      <StatGrid>
        <StatTile label={t('benefits.members')} value={format.number(benefit.members)} definition={t('benefits.membersHint')} />
        {isGiven && count('granted')}
        {count('used')}
        {isGiven && count('expired')}
        {isGiven && counts.refused > 0 && count('refused')}
        {isGiven && counts.takenBack > 0 && count('takenBack')}
        <StatTile label={t('benefits.column.cost')} value={format.money(counts.cost)} definition={t('benefits.costHint')} />
        {points && <StatTile label={t('benefits.points.title')} value={format.money(points.given)} definition={t('benefits.points.hint')} note={t('benefits.points.became', { redeemed: format.money(points.redeemed), lapsed: format.money(points.lapsed) })} />}
      </StatGrid>
      <ComputedAt at={benefit.computedAt} />
    </Stack>
  );
}

function ExpectedCost({ expected: { amount, basis, until, days, people } }: { expected: NonNullable<ShownBenefit['expected']> }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const why = t(`benefits.expected.by_${basis}`, { days, people: people === null ? '' : format.number(people), until: until === null ? '' : format.date(until) });
  return <>{format.money(amount)} <Typography.Text type="secondary" style={{ whiteSpace: 'normal' }}>{why}</Typography.Text></>;
}

function Months({ benefit: { months } }: { benefit: ShownBenefit }) {
  const { t } = useTranslation('membership');
  const series = (['granted', 'used', 'expired'] as const).map((key) => ({ name: t(`benefits.column.${key}`), values: months.map((month) => month[key]) }));
  if (months.length === 0) return <EmptyState title={t('benefits.chart.none')} hint={t('benefits.chart.noneHint')} />;
  return (
    <Stack>
      <TrendChart title={t('benefits.chart.counts')} heading={t('benefits.chart.month')} categories={months.map(({ month }) => month)} series={series} />
      <TrendChart title={t('benefits.chart.cost')} heading={t('benefits.chart.month')} unit="money" categories={months.map(({ month }) => month)} series={[{ name: t('benefits.column.cost'), values: months.map(({ cost }) => Number(cost)) }]} />
    </Stack>
  );
}
