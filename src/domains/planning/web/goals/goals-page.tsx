import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Alert, Button, EmptyState, Flex, Loaded, SegmentedControl, Spin, Stack, Typography, useEndpoint, useFormat, useMay, useSearchState } from '../../../../web/kit.ts';
import { CompassOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { periodUnits, type Plan, readGoals } from '../../contract.ts';
import { PlanPage } from '../frame/plan-page.tsx';
import { sorted, useItems } from '../frame/use-items.tsx';
import { GoalForm, type GoalItem } from './goal-form.tsx';
import { GoalTree } from './goal-tree.tsx';

const chosen = z.object({ unit: z.enum(periodUnits).default('year') });
/** While something is still being counted. */
const pendingMs = 1_500;

/** Goals from the core down to what is done for them, against live figures. */
export default function GoalsPage() {
  const { t } = useTranslation('planning');
  return <PlanPage title={t('goals.title')} subtitle={t('goals.subtitle')}>{(plan) => <Goals key={plan.planNo} plan={plan} />}</PlanPage>;
}

function Goals({ plan }: { plan: Plan }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const [{ unit }, change] = useSearchState(chosen);
  const [form, setForm] = useState<{ item: GoalItem | null; parentNo: number | null } | null>(null);
  const items = useItems(plan.planNo, ['goal']);
  const { data: read } = useEndpoint(readGoals, { params: { planNo: plan.planNo }, query: { unit } }, { refreshMs: (found) => (found?.isPending ? pendingMs : false) });
  const states = new Map(read?.goals.map((state) => [state.itemNo, state]));
  const off = [...states.values()].filter(({ status }) => status === 'off').length;
  const add = mayEdit && <Button type="primary" icon={<PlusOutlined />} onClick={() => setForm({ item: null, parentNo: null })}>{t('goals.new')}</Button>;
  return (
    <Stack>
      <Loaded from={items}>
        {(found) => {
          const goals = sorted<'goal'>(found).of('goal');
          if (goals.length === 0) return <EmptyState icon={<CompassOutlined />} title={t('goals.none')} hint={t('goals.noneHint')} action={add} />;
          return (
            <>
              <Flex gap="small" wrap align="center">
                <SegmentedControl label={t('goals.unit')} value={unit} options={periodUnits.map((each) => ({ value: each, label: t(`goals.units.${each}`) }))} onChange={(next) => change({ unit: next })} />
                {read && <Typography.Text type="secondary">{t('goals.asOf', { period: format.period(read.period), day: format.date(read.asOf) })}</Typography.Text>}
                {read?.isPending && <Spin size="small" aria-label={t('figures.states.pending')} />}
                <div style={{ marginInlineStart: 'auto' }}>{add}</div>
              </Flex>
              {off > 0 && <Alert type="warning" showIcon title={t('goals.offCount', { count: off })} />}
              <GoalTree planNo={plan.planNo} goals={goals} states={states} onEdit={(item) => setForm({ item, parentNo: item.parentNo })} onAdd={({ itemNo }) => setForm({ item: null, parentNo: itemNo })} />
            </>
          );
        }}
      </Loaded>
      {form && <GoalForm key={`${form.item?.itemNo} ${form.parentNo}`} plan={plan} item={form.item} parentNo={form.parentNo} open onClose={() => setForm(null)} />}
    </Stack>
  );
}
