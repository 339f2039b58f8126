import { useTranslation } from 'react-i18next';
import { Form, Input, InputNumber, Select, todayIn, useSession } from '../../../../web/kit.ts';
import { goalLevels, type ItemBody, type Plan } from '../../contract.ts';
import { MetricSelect } from '../figures/metric-select.tsx';
import { useMetricText } from '../figures/use-metric-text.ts';
import type { PlanItem } from '../frame/use-items.tsx';
import { DoerSelect } from '../projects/forms/fields.tsx';
import { ItemForm } from '../projects/forms/item-form.tsx';
import { BaselineInput } from './baseline-input.tsx';
import { TargetsInput } from './targets-input.tsx';
import { TypedInput } from './typed-input.tsx';

export type GoalItem = PlanItem<'goal'>;
type Values = ItemBody<'goal'>;

export interface GoalFormProps {
  plan: Plan;
  item: GoalItem | null;
  parentNo: number | null;
  open: boolean;
  onClose: () => void;
}

const empty: Partial<Values> = { name: '', level: 'core', note: '', owner: null, metric: null, better: 'higher', baseline: null, targets: [], spread: 'season', tolerancePercent: 5, typed: [], typedNature: 'sum' };

/** A new goal, or what is said of one. */
export function GoalForm({ plan, item, parentNo, open, onClose }: GoalFormProps) {
  const { t } = useTranslation('planning');
  const text = useMetricText();
  const today = todayIn(useSession().brand.timeZone);
  const firstYear = Number(plan.startsOn.slice(0, 4));
  const all = Array.from({ length: plan.years }, (_, n) => String(firstYear + n));
  // The year under way first: it is what most people come for.
  const years = [...all.filter((year) => year >= today.slice(0, 4)), ...all.filter((year) => year < today.slice(0, 4))];
  const choices = <T extends string>(names: readonly T[], of: string) => names.map((value) => ({ value, label: t(`goals.${of}.${value}`) }));
  return (
    <ItemForm<'goal', Values>
      planNo={plan.planNo} kind="goal" item={item} parentNo={parentNo} open={open} onClose={onClose} title={t(item ? 'goals.edit' : 'goals.new')}
      initial={item?.body ?? { ...empty, level: parentNo === null ? 'core' : 'secondary' }} bodyOf={(values) => ({ ...values, owner: values.owner ?? null, metric: values.metric ?? null, baseline: values.baseline ?? null })}
    >
      <Form.Item name="name" label={t('goals.name')} rules={[{ required: true, whitespace: true, message: t('projects.needed') }]}><Input maxLength={200} autoFocus /></Form.Item>
      <Form.Item required name="level" label={t('goals.level')} extra={t('goals.levelHint')}><Select options={choices(goalLevels, 'levels')} /></Form.Item>
      <Form.Item name="metric" label={t('goals.metric')} extra={t('goals.metricHint')}><MetricSelect /></Form.Item>
      <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before.metric?.metric !== after.metric?.metric}>
        {({ getFieldValue }) => {
          const metric = (getFieldValue('metric') ?? null) as Values['metric'];
          const isPercent = metric !== null && text.metric(metric.metric)?.unit === 'percent';
          return (
            <>
              {!metric && <Form.Item required name="typedNature" label={t('goals.typedNature')}><Select options={choices(['sum', 'standing', 'level'] as const, 'typedNatures')} /></Form.Item>}
              <Form.Item required name="better" label={t('goals.better')}><Select options={choices(['higher', 'lower'] as const, 'betters')} /></Form.Item>
              <Form.Item name="baseline" label={t('goals.baseline')}><BaselineInput isPercent={isPercent} hasMetric={metric !== null} lastYear={String(Number(years[0]) - 1)} /></Form.Item>
              <Form.Item name="targets" label={t('goals.targets')} extra={t('goals.targetsHint')}><TargetsInput years={years} isPercent={isPercent} /></Form.Item>
              {!metric && <Form.Item name="typed" label={t('goals.typed')} extra={t('goals.typedHint')}><TypedInput thisMonth={today.slice(0, 7)} /></Form.Item>}
            </>
          );
        }}
      </Form.Item>
      <Form.Item required name="spread" label={t('goals.spread')} extra={t('goals.spreadHint')}><Select options={choices(['season', 'even'] as const, 'spreads')} /></Form.Item>
      <Form.Item name="tolerancePercent" label={t('goals.tolerance')} extra={t('goals.toleranceHint')}><InputNumber min={0} max={50} suffix="%" style={{ width: '100%' }} /></Form.Item>
      <Form.Item name="owner" label={t('goals.owner')} extra={t('goals.ownerHint')}><DoerSelect /></Form.Item>
      <Form.Item name="note" label={t('goals.note')}><Input.TextArea maxLength={2_000} autoSize={{ minRows: 2, maxRows: 8 }} /></Form.Item>
    </ItemForm>
  );
}
