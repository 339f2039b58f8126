import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Button, EmptyState, Flex, Loaded, SegmentedControl, Stack, todayIn, useMay, useSearchState, useSession } from '../../../../web/kit.ts';
import { PlusOutlined, TeamOutlined } from '../../../../web/icons.tsx';
import type { Plan } from '../../contract.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import { sorted, useItems } from '../frame/use-items.tsx';
import { DayInput } from '../projects/forms/fields.tsx';
import type { PositionItem } from './chart-rules.ts';
import { OrgChart } from './org-chart.tsx';
import { PositionDrawer } from './position-drawer.tsx';
import { PositionForm } from './position-form.tsx';
import { PositionTable } from './position-table.tsx';
import { RaciMatrix } from './raci-matrix.tsx';
import { StaffingView } from './staffing-view.tsx';
import { TakeJobs } from './take-jobs.tsx';

const views = ['chart', 'list', 'raci', 'staffing'] as const;
const chosen = z.object({ view: z.enum(views).default('chart'), day: z.iso.date().optional(), position: z.coerce.number().int().optional() });
const kinds = ['stage', 'position', 'assignment', 'duty', 'responsibility', 'position_cost'] as const;

/** Who does what in the department, as it grows. */
export default function PositionsPage() {
  const { t } = useTranslation('planning');
  return <PlanPage title={t('positions.title')} subtitle={t('positions.subtitle')}>{(plan) => <Positions key={plan.planNo} plan={plan} />}</PlanPage>;
}

function Positions({ plan }: { plan: Plan }) {
  const { t } = useTranslation('planning');
  const mayEdit = useMay('planning.edit');
  const { brand } = useSession();
  const [{ view, day = todayIn(brand.timeZone), position: openNo }, change] = useSearchState(chosen);
  const [form, setForm] = useState<{ item: PositionItem | null } | null>(null);
  const read = useItems(plan.planNo, kinds);
  const add = mayEdit && <Button type="primary" icon={<PlusOutlined />} onClick={() => setForm({ item: null })}>{t('positions.new')}</Button>;
  const open = (itemNo: number): void => change({ position: itemNo }, { push: true });
  return (
    <Loaded from={read}>
      {(found) => {
        const all = sorted<(typeof kinds)[number]>(found);
        const positions = all.of('position');
        const shared = { planNo: plan.planNo, positions, assignments: all.of('assignment'), duties: all.of('duty'), parts: all.of('responsibility'), day };
        const opened = positions.find(({ itemNo }) => itemNo === openNo);
        const isOfDay = view === 'chart' || view === 'raci';
        return (
          <Stack>
            <Flex gap="small" wrap align="center">
              <SegmentedControl label={t('positions.view')} value={view} options={views.map((each) => ({ value: each, label: t(`positions.views.${each}`) }))} onChange={(next) => change({ view: next })} />
              {isOfDay && all.of('stage').toSorted((one, other) => one.body.to.localeCompare(other.body.to)).map(({ itemNo, body: { stage, to } }) => <Button key={itemNo} size="small" type={day === to ? 'primary' : 'default'} aria-pressed={day === to} onClick={() => change({ day: to })}>{t(`positions.stages.${stage}`)}</Button>)}
              {isOfDay && <label>{t('positions.asOf')} <span style={{ display: 'inline-block', width: 150 }}><DayInput value={day} allowClear={false} onChange={(next) => change({ day: next ?? undefined })} /></span></label>}
              <Flex gap="small" style={{ marginInlineStart: 'auto' }}>{positions.length > 0 && <TakeJobs planNo={plan.planNo} />}{positions.length > 0 && add}</Flex>
            </Flex>
            {positions.length === 0 && view !== 'raci' && <EmptyState icon={<TeamOutlined />} title={t('positions.none')} hint={t('positions.noneHint')} action={add} />}
            {positions.length > 0 && view === 'chart' && <OrgChart {...shared} onOpen={open} />}
            {positions.length > 0 && view === 'list' && <PositionTable {...shared} onOpen={open} />}
            {view === 'raci' && <RaciMatrix {...shared} stages={all.of('stage')} />}
            {positions.length > 0 && view === 'staffing' && <StaffingView planNo={plan.planNo} />}
            {opened && <PositionDrawer {...shared} position={opened} costs={all.of('position_cost', opened.itemNo)} onEdit={() => setForm({ item: opened })} onClose={() => change({ position: undefined })} />}
            {form && <PositionForm planNo={plan.planNo} item={form.item} positions={positions} firstDay={plan.startsOn} onClose={() => setForm(null)} />}
          </Stack>
        );
      }}
    </Loaded>
  );
}
