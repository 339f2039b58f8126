import { useTranslation } from 'react-i18next';
import { Form, Input, Radio, Select } from '../../../../web/kit.ts';
import { type FigureAsked, type ItemBody, type PeriodUnit, periodUnits, type StageFactName, stageFacts } from '../../contract.ts';
import { MetricSelect } from '../figures/metric-select.tsx';
import { useMetricText } from '../figures/use-metric-text.ts';
import type { PlanItem } from '../frame/use-items.tsx';
import { FigureInput } from '../goals/figure-input.tsx';
import { ItemForm } from '../projects/forms/item-form.tsx';

type Body = ItemBody<'criterion'>;
/** Everything by which a criterion may be judged; what it is judged by is among it. */
interface Judged {
  kind: Body['by']['kind'];
  isMet: boolean;
  source: string;
  asked: FigureAsked | null;
  period: PeriodUnit;
  is: 'at_least' | 'at_most';
  bound: string | null;
  target: string | null;
}
interface Values {
  name?: string;
  fact?: StageFactName | null;
  by: Judged;
}

const usual: Judged = { kind: 'said', isMet: true, source: '', asked: null, period: 'quarter', is: 'at_least', bound: null, target: null };

function bodyOf({ name, fact, by }: Values): Body {
  const head = { name: name ?? '', fact: fact ?? null };
  if (by.kind === 'said') return { ...head, by: { kind: 'said', isMet: by.isMet, source: by.source } };
  if (by.kind === 'target') return { ...head, by: { kind: 'target', target: Number(by.target) } };
  return { ...head, by: { kind: 'figure', asked: by.asked!, period: by.period, is: by.is, bound: by.bound! } };
}

function valuesOf(item: PlanItem<'criterion'> | null, fact: StageFactName | null): Values {
  if (!item) return { fact, by: fact !== null && stageFacts[fact].path !== null ? { ...usual, kind: 'target', target: String(stageFacts[fact].target) } : usual };
  const { name, fact: own, by } = item.body;
  return { name, fact: own, by: by.kind === 'target' ? { ...usual, kind: 'target', target: String(by.target) } : { ...usual, ...by } };
}

export interface CriterionFormProps {
  planNo: number;
  stageNo: number;
  item: PlanItem<'criterion'> | null;
  /** What it takes the place of to begin with. */
  fact: StageFactName | null;
  /** Those of the stage that nothing stands for yet, and its own. */
  facts: readonly StageFactName[];
  onClose: () => void;
}

/** A criterion of the team's own: somebody says so, a metric has to reach something, or another target for what the product counts. */
export function CriterionForm({ planNo, stageNo, item, fact, facts, onClose }: CriterionFormProps) {
  const { t } = useTranslation('planning');
  const needed = [{ required: true, message: t('projects.needed') }];
  return (
    <ItemForm<'criterion', Values> planNo={planNo} kind="criterion" item={item} parentNo={stageNo} open onClose={onClose} title={t(item ? 'stages.editCriterion' : 'stages.newCriterion')} initial={valuesOf(item, fact)} bodyOf={bodyOf}>
      <Form.Item name="fact" label={t('stages.fact')} extra={t('stages.factHint')}><Select allowClear showSearch={{ optionFilterProp: 'label' }} placeholder={t('stages.factNone')} options={facts.map((value) => ({ value, label: t(`stages.facts.${value}`) }))} /></Form.Item>
      <Form.Item name="name" label={t('stages.name')} extra={t('stages.nameHint')} dependencies={['fact']} rules={[({ getFieldValue }) => ({ required: !getFieldValue('fact'), whitespace: true, message: t('stages.nameNeeded') })]}><Input maxLength={200} /></Form.Item>
      <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before.fact !== after.fact}>
        {({ getFieldValue }) => {
          const chosen = (getFieldValue('fact') ?? null) as StageFactName | null;
          const ways = (['said', 'figure', 'target'] as const).filter((kind) => kind !== 'target' || (chosen !== null && stageFacts[chosen].path !== null));
          return <Form.Item name={['by', 'kind']} label={t('stages.by')} rules={needed}><Radio.Group options={ways.map((value) => ({ value, label: t(`stages.bys.${value}`) }))} /></Form.Item>;
        }}
      </Form.Item>
      <Form.Item noStyle shouldUpdate={(before: Values, after: Values) => before.fact !== after.fact || before.by?.kind !== after.by?.kind || before.by?.asked !== after.by?.asked}>
        {({ getFieldsValue }) => {
          const values = getFieldsValue(true) as Partial<Values>;
          if (values.by?.kind === 'figure') return <FigureFields asked={values.by.asked} />;
          if (values.by?.kind === 'target') return <Form.Item name={['by', 'target']} label={t('stages.target')} required rules={[{ validator: (_, said) => (Number(said) > 0 ? Promise.resolve() : Promise.reject(new Error(t('stages.targetPositive')))) }]}><FigureInput isPercent={Boolean(values.fact && stageFacts[values.fact].unit === 'percent')} /></Form.Item>;
          return (
            <>
              <Form.Item name={['by', 'isMet']} label={t('stages.isMet')} rules={needed}><Radio.Group options={[{ value: true, label: t('stages.isMets.yes') }, { value: false, label: t('stages.isMets.no') }]} /></Form.Item>
              <Form.Item name={['by', 'source']} label={t('stages.source')} extra={t('stages.sourceHint')} rules={[{ required: true, whitespace: true, message: t('projects.needed') }]}><Input maxLength={300} /></Form.Item>
            </>
          );
        }}
      </Form.Item>
    </ItemForm>
  );
}

function FigureFields({ asked }: { asked: FigureAsked | null }) {
  const { t } = useTranslation('planning');
  const text = useMetricText();
  const needed = [{ required: true, message: t('projects.needed') }];
  return (
    <>
      <Form.Item name={['by', 'asked']} label={t('stages.metric')} rules={needed}><MetricSelect /></Form.Item>
      <Form.Item name={['by', 'period']} label={t('stages.period')} extra={t('stages.periodHint')} rules={needed}><Select options={periodUnits.map((value) => ({ value, label: t(`stages.periods.${value}`) }))} /></Form.Item>
      <Form.Item name={['by', 'is']} label={t('stages.is')} rules={needed}><Select options={(['at_least', 'at_most'] as const).map((value) => ({ value, label: t(`stages.isOf.${value}`) }))} /></Form.Item>
      <Form.Item name={['by', 'bound']} label={t('stages.bound')} rules={needed}><FigureInput isPercent={asked !== null && text.metric(asked.metric)?.unit === 'percent'} /></Form.Item>
    </>
  );
}
