import { useTranslation } from 'react-i18next';
import { Form, Input, InputNumber, Select } from '../../../../../web/kit.ts';
import { type Doer, taskStates, type TaskState } from '../../../contract.ts';
import type { TaskItem, WorkItem } from '../known-items.ts';
import { DayInput, DoerSelect } from './fields.tsx';
import { ItemForm } from './item-form.tsx';

interface TaskValues {
  name: string;
  note: string;
  owner: Doer | null;
  department: string;
  from: string | null;
  to: string | null;
  state: TaskState;
  estimateHours: number | null;
  doneOn: string | null;
  dependsOn: number[];
}

export interface TaskFormProps {
  planNo: number;
  projectNo: number | null;
  item: TaskItem | null;
  /** What it can wait for. */
  others: readonly Pick<WorkItem, 'itemNo' | 'body'>[];
  departments: readonly string[];
  today: string;
  open: boolean;
  onClose: () => void;
}

/** A new task, or what is said of one. */
export function TaskForm({ planNo, projectNo, item, others, departments, today, open, onClose }: TaskFormProps) {
  const { t } = useTranslation('planning');
  const bodyOf = ({ doneOn, ...values }: TaskValues) => ({
    ...values, owner: values.owner ?? null, department: values.department ?? '', from: values.from ?? null, to: values.to ?? null, estimateHours: values.estimateHours ?? null,
    doneOn: values.state === 'done' ? (doneOn ?? today) : null,
  });
  return (
    <ItemForm<'task', TaskValues>
      planNo={planNo} kind="task" item={item} parentNo={projectNo} open={open} onClose={onClose} title={t(item ? 'projects.editTask' : 'projects.newTask')}
      initial={item?.body ?? { name: '', note: '', owner: null, department: '', from: null, to: null, state: 'todo', estimateHours: null, doneOn: null, dependsOn: [] }}
      bodyOf={bodyOf}
    >
      <Form.Item name="name" label={t('projects.taskName')} rules={[{ required: true, whitespace: true, message: t('projects.needed') }]}><Input maxLength={200} autoFocus /></Form.Item>
      <Form.Item name="owner" label={t('projects.owner')}><DoerSelect /></Form.Item>
      <Form.Item name="department" label={t('projects.department')}><Select allowClear showSearch options={departments.map((value) => ({ value, label: value }))} notFoundContent={t('projects.noDepartments')} /></Form.Item>
      <Form.Item name="from" label={t('projects.from')}><DayInput /></Form.Item>
      <Form.Item name="to" label={t('projects.due')}><DayInput /></Form.Item>
      <Form.Item name="state" label={t('projects.state')}><Select options={taskStates.map((value) => ({ value, label: t(`projects.taskStateOf.${value}`) }))} /></Form.Item>
      <Form.Item noStyle shouldUpdate={(before: TaskValues, after: TaskValues) => before.state !== after.state}>
        {({ getFieldValue }) => getFieldValue('state') === 'done' && <Form.Item name="doneOn" label={t('projects.doneOn')} extra={t('projects.doneOnHint')}><DayInput /></Form.Item>}
      </Form.Item>
      <Form.Item name="estimateHours" label={t('projects.estimate')} extra={t('projects.estimateHint')}><InputNumber min={0.5} max={100_000} step={0.5} suffix={t('projects.hours')} style={{ width: '100%' }} /></Form.Item>
      <DependsOn item={item} others={others} />
      <Form.Item name="note" label={t('projects.note')}><Input.TextArea maxLength={4_000} autoSize={{ minRows: 2, maxRows: 8 }} /></Form.Item>
    </ItemForm>
  );
}

export function DependsOn({ item, others }: { item: Pick<WorkItem, 'itemNo'> | null; others: readonly Pick<WorkItem, 'itemNo' | 'body'>[] }) {
  const { t } = useTranslation('planning');
  const options = others.filter(({ itemNo }) => itemNo !== item?.itemNo).map(({ itemNo, body }) => ({ value: itemNo, label: body.name }));
  return <Form.Item name="dependsOn" label={t('projects.dependsOn')} extra={t('projects.dependsOnHint')}><Select mode="multiple" showSearch={{ optionFilterProp: 'label' }} options={options} /></Form.Item>;
}
