import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import type { Program } from '../../../../kernel/program.ts';
import { ErrorState, Flex, Loaded, Section, SegmentedControl, Stack, Typography, useEndpoint, useFormat, useMay, useSearchState } from '../../../../web/kit.ts';
import { type Lane, listPrograms } from '../../contract.ts';
import { useMetricText } from '../figures/use-metric-text.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import { type PlanItems, sorted, useItems } from '../frame/use-items.tsx';
import { GapList } from './gap-list.tsx';
import { gapsOf } from './gaps.ts';
import { LaneBoard, LaneHead } from './lane-board.tsx';
import { LaneForm } from './lane-form.tsx';
import { LaneFunnel } from './lane-funnel.tsx';
import { lanePeriods, useLaneFigures } from './use-lane-figures.ts';

const kinds = ['lane_plan', 'program_place'] as const;
const chosen = z.object({ period: z.enum(lanePeriods).default('thisYear') });

/** What the core business is: five lanes with their figures and the programs in them, and what they lack. */
export default function BusinessPage() {
  const { t } = useTranslation('planning');
  return <PlanPage title={t('business.title')} subtitle={t('business.subtitle')}>{(plan) => <Business key={plan.planNo} planNo={plan.planNo} />}</PlanPage>;
}

function Business({ planNo }: { planNo: number }) {
  const items = useItems(planNo, kinds);
  const programs = useEndpoint(listPrograms);
  return <Loaded from={items}>{(found) => <Loaded from={programs}>{({ programs: all }) => <Lanes planNo={planNo} items={sorted<(typeof kinds)[number]>(found)} programs={all} />}</Loaded>}</Loaded>;
}

function Lanes({ planNo, items, programs }: { planNo: number; items: PlanItems<(typeof kinds)[number]>; programs: Program[] }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const text = useMetricText();
  const mayEdit = useMay('planning.edit');
  const [{ period: preset }, change] = useSearchState(chosen);
  const [editing, setEditing] = useState<Lane | null>(null);
  const [told, places] = [items.of('lane_plan'), items.of('program_place')];
  const plans = new Map(told.map((plan) => [plan.body.lane, plan]));
  const { figures, period, computedAt, error, retry } = useLaneFigures(told, preset);
  const gaps = gapsOf(told.map(({ body }) => body), places.map(({ body }) => body), programs);
  const head = (lane: Lane) => {
    const [metric, reading] = [plans.get(lane)?.body.metric ?? null, figures.get(lane)];
    const figure = metric === null || !reading ? null : reading.state === 'known' ? text.value(reading.value, text.metric(metric)?.unit ?? null, true) : t(`figures.states.${reading.state}`);
    return <LaneHead plan={plans.get(lane)} metric={metric === null ? null : text.label({ metric, filter: null })} figure={figure} {...(mayEdit ? { onEdit: () => setEditing(lane) } : {})} />;
  };
  return (
    <Stack>
      <Section title={t('business.funnel')} extra={<SegmentedControl label={t('goals.unit')} value={preset} options={lanePeriods.map((value) => ({ value, label: t(`business.periods.${value}`) }))} onChange={(next) => change({ period: next })} />}>
        <Flex vertical gap="small">
          <Typography.Text type="secondary">{t('business.funnelHint', { from: format.date(period.from), to: format.date(period.to) })}</Typography.Text>
          {error ? <ErrorState error={error} onRetry={retry} /> : <LaneFunnel plans={plans} figures={figures} computedAt={computedAt} />}
        </Flex>
      </Section>
      <GapList gaps={gaps} programs={programs} />
      <Section title={t('business.board')}>
        {mayEdit && <Typography.Paragraph type="secondary">{t(programs.length === 0 ? 'program.none' : 'business.boardHint')}</Typography.Paragraph>}
        <LaneBoard planNo={planNo} programs={programs} places={places} gaps={gaps} about={head} />
      </Section>
      {editing && <LaneForm key={editing} planNo={planNo} lane={editing} item={plans.get(editing) ?? null} onClose={() => setEditing(null)} />}
    </Stack>
  );
}
