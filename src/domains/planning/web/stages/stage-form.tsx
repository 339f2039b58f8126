import { useTranslation } from 'react-i18next';
import { Form, Input } from '../../../../web/kit.ts';
import type { StageKey } from '../../contract.ts';
import type { PlanItem } from '../frame/use-items.tsx';
import { DayInput } from '../projects/forms/fields.tsx';
import { ItemForm } from '../projects/forms/item-form.tsx';
import type { StageSpan } from './stage-spans.ts';

/** When a stage is, and what it is for. */
export function StageForm({ planNo, stage, item, span, onClose }: { planNo: number; stage: StageKey; item: PlanItem<'stage'> | null; span: StageSpan; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const needed = [{ required: true, message: t('projects.needed') }];
  return (
    <ItemForm<'stage', { from: string; to: string; aim?: string }>
      planNo={planNo} kind="stage" item={item} parentNo={null} open onClose={onClose} title={t(`positions.stages.${stage}`)}
      initial={item?.body ?? { ...span, aim: t(`stages.aims.${stage}`) }} bodyOf={({ from, to, aim }) => ({ stage, from, to, aim: aim ?? '' })}
    >
      <Form.Item name="from" label={t('stages.from')} rules={needed}><DayInput allowClear={false} /></Form.Item>
      <Form.Item name="to" label={t('stages.to')} rules={needed}><DayInput allowClear={false} /></Form.Item>
      <Form.Item name="aim" label={t('stages.aim')} extra={t('stages.aimHint')}><Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={1_000} /></Form.Item>
    </ItemForm>
  );
}
