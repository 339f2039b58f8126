import { useTranslation } from 'react-i18next';
import { Form, Input } from '../../../../web/kit.ts';
import type { FigureAsked, Lane } from '../../contract.ts';
import { MetricSelect } from '../figures/metric-select.tsx';
import type { PlanItem } from '../frame/use-items.tsx';
import { ItemForm } from '../projects/forms/item-form.tsx';

interface Values {
  text: string;
  metric: FigureAsked | null;
}

/** What is done in a lane, and by which metric it is known to work. */
export function LaneForm({ planNo, lane, item, onClose }: { planNo: number; lane: Lane; item: PlanItem<'lane_plan'> | null; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const metric = item?.body.metric ?? null;
  return (
    <ItemForm<'lane_plan', Values>
      planNo={planNo} kind="lane_plan" item={item} parentNo={null} open onClose={onClose} title={t('business.editLane', { lane: t(`document.lane.${lane}`) })}
      initial={{ text: item?.body.text ?? '', metric: metric === null ? null : { metric, filter: null } }}
      bodyOf={({ text, metric: chosen }) => ({ lane, text, metric: chosen?.metric ?? null })}
    >
      <Form.Item name="text" label={t('business.text')} extra={t(`business.textHint.${lane}`)} rules={[{ required: true, whitespace: true, message: t('projects.needed') }]}><Input.TextArea maxLength={1_000} autoSize={{ minRows: 3, maxRows: 10 }} autoFocus /></Form.Item>
      <Form.Item name="metric" label={t('business.metric')} extra={t('business.metricHint')}><MetricSelect isWhole /></Form.Item>
    </ItemForm>
  );
}
