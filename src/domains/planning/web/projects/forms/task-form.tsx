import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Form, Input, InputNumber, Select, useEndpoint } from '../../../../../web/kit.ts';
import { type Doer, listProjectWork, type ReadWork, taskStates, type TaskState } from '../../../contract.ts';
import type { TaskItem, WorkItem } from '../known-items.ts';
import { DayInput, DoerSelect } from './fields.tsx';
import { ItemForm } from './item-form.tsx';

const mostFound = 30;

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
  /** What it waits for already, by name. */
  waitsFor: ReadWork['waitsFor'];
  departments: readonly string[];
  today: string;
  open: boolean;
  onClose: () => void;
}

/** A new task, or what is said of one. */
export function TaskForm({ planNo, projectNo, item, waitsFor, departments, today, open, onClose }: TaskFormProps) {
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
      <Form.Item required name="state" label={t('projects.state')}><Select options={taskStates.map((value) => ({ value, label: t(`projects.taskStateOf.${value}`) }))} /></Form.Item>
      <Form.Item noStyle shouldUpdate={(before: TaskValues, after: TaskValues) => before.state !== after.state}>
        {({ getFieldValue }) => getFieldValue('state') === 'done' && <Form.Item name="doneOn" label={t('projects.doneOn')} extra={t('projects.doneOnHint')}><DayInput /></Form.Item>}
      </Form.Item>
      <Form.Item name="estimateHours" label={t('projects.estimate')} extra={t('projects.estimateHint')}><InputNumber min={0.5} max={100_000} step={0.5} suffix={t('projects.hours')} style={{ width: '100%' }} /></Form.Item>
      <DependsOn planNo={planNo} projectNo={projectNo} item={item} known={waitsFor} />
      <Form.Item name="note" label={t('projects.note')}><Input.TextArea maxLength={4_000} autoSize={{ minRows: 2, maxRows: 8 }} /></Form.Item>
    </ItemForm>
  );
}

/** What has to be done before: found by name among what the project has, whatever its size. */
export function DependsOn({ planNo, projectNo, item, known }: { planNo: number; projectNo: number | null; item: Pick<WorkItem, 'itemNo'> | null; known: ReadWork['waitsFor'] }) {
  const { t } = useTranslation('planning');
  const [typed, setTyped] = useState('');
  const q = useDeferredValue(typed.trim());
  const [isOpen, setOpen] = useState(false);
  const { data } = useEndpoint(listProjectWork, { params: { planNo, itemNo: projectNo ?? 0 }, query: { show: 'all', pageSize: mostFound, ...(q === '' ? {} : { q }) } }, { enabled: isOpen && projectNo !== null });
  // A name stays known although what is looked for next does not find it.
  const [named, setNamed] = useState<ReadonlyMap<number, string>>(new Map());
  const found = (data?.rows ?? []).filter(({ itemNo }) => itemNo !== item?.itemNo).map((row) => ({ value: row.itemNo, label: String((row.body as { name: string }).name) }));
  const names = new Map([...known.map(({ itemNo, name }) => [itemNo, name] as const), ...named]);
  const options = [...found, ...[...names].filter(([value]) => !found.some((each) => each.value === value)).map(([value, label]) => ({ value, label }))];
  return (
    <Form.Item name="dependsOn" label={t('projects.dependsOn')} extra={t('projects.dependsOnHint')}>
      <Select
        mode="multiple" showSearch={{ filterOption: false, onSearch: setTyped, searchValue: typed, autoClearSearchValue: true }} options={options} notFoundContent={t('projects.noneShown')} onOpenChange={setOpen}
        onSelect={(value: number, option: { label: string }) => setNamed((all) => new Map(all).set(value, option.label))}
      />
    </Form.Item>
  );
}
