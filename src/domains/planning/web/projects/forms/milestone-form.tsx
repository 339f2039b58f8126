import { useTranslation } from 'react-i18next';
import { Form, Input } from '../../../../../web/kit.ts';
import type { Doer } from '../../../contract.ts';
import type { MilestoneItem } from '../known-items.ts';
import { DayInput, DoerSelect } from './fields.tsx';
import { ItemForm } from './item-form.tsx';
import { DependsOn, type TaskFormProps } from './task-form.tsx';

interface MilestoneValues {
  name: string;
  owner: Doer | null;
  due: string;
  doneOn: string | null;
  dependsOn: number[];
}

/** A new milestone, or what is said of one. */
export function MilestoneForm({ planNo, projectNo, item, waitsFor, open, onClose }: Omit<TaskFormProps, 'item' | 'departments' | 'today'> & { item: MilestoneItem | null }) {
  const { t } = useTranslation('planning');
  return (
    <ItemForm<'milestone', MilestoneValues>
      planNo={planNo} kind="milestone" item={item} parentNo={projectNo} open={open} onClose={onClose} title={t(item ? 'projects.editMilestone' : 'projects.newMilestone')}
      initial={item?.body ?? { name: '', owner: null, doneOn: null, dependsOn: [] }}
      bodyOf={(values) => ({ ...values, owner: values.owner ?? null, doneOn: values.doneOn ?? null })}
    >
      <Form.Item name="name" label={t('projects.milestoneName')} rules={[{ required: true, whitespace: true, message: t('projects.needed') }]}><Input maxLength={200} autoFocus /></Form.Item>
      <Form.Item name="owner" label={t('projects.owner')}><DoerSelect /></Form.Item>
      <Form.Item name="due" label={t('projects.due')} rules={[{ required: true, message: t('projects.needed') }]}><DayInput allowClear={false} /></Form.Item>
      <Form.Item name="doneOn" label={t('projects.reachedOn')} extra={t('projects.reachedOnHint')}><DayInput /></Form.Item>
      <DependsOn planNo={planNo} projectNo={projectNo} item={item} known={waitsFor} />
    </ItemForm>
  );
}
