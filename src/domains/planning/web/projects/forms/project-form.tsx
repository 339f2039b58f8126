import { useTranslation } from 'react-i18next';
import { Form, Input, Select, useNavigateTo } from '../../../../../web/kit.ts';
import { type Doer, projectStates, type ProjectState } from '../../../contract.ts';
import type { ProjectItem } from '../known-items.ts';
import { DayInput, DoerSelect } from './fields.tsx';
import { ItemForm } from './item-form.tsx';
import { LinesSelect } from './lines-select.tsx';
import { SourceSelect } from './source-select.tsx';

interface ProjectValues {
  name: string;
  aim: string;
  owner: Doer | null;
  departments: string[];
  from: string;
  to: string;
  state: ProjectState;
  sourceNo: number | null;
  lineNos: number[];
}

/** A new project, or what is said of one. */
export function ProjectForm({ planNo, item, open, onClose }: { planNo: number; item: ProjectItem | null; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const navigate = useNavigateTo();
  const needed = [{ required: true, message: t('projects.needed') }];
  return (
    <ItemForm<'project', ProjectValues>
      planNo={planNo} kind="project" item={item} parentNo={null} open={open} onClose={onClose}
      title={t(item ? 'projects.edit' : 'projects.new')}
      initial={item?.body ?? { name: '', aim: '', owner: null, departments: [], state: 'planned', sourceNo: null, lineNos: [] }}
      bodyOf={(values) => ({ ...values, owner: values.owner ?? null, sourceNo: values.sourceNo ?? null, lineNos: values.lineNos ?? [] })}
      onDone={({ itemNo }) => item ?? navigate(`/plan/projects/${itemNo}?plan=${planNo}`)}
    >
      <Form.Item name="name" label={t('projects.name')} rules={[{ required: true, whitespace: true, message: t('projects.needed') }]}><Input maxLength={200} autoFocus /></Form.Item>
      <Form.Item name="aim" label={t('projects.aim')} extra={t('projects.aimHint')}><Input.TextArea maxLength={2_000} autoSize={{ minRows: 2, maxRows: 6 }} /></Form.Item>
      <Form.Item name="sourceNo" label={t('projects.source')} extra={t('projects.sourceHint')}><SourceSelect planNo={planNo} /></Form.Item>
      <Form.Item name="lineNos" label={t('projects.lines')} extra={t('projects.linesHint')}><LinesSelect planNo={planNo} /></Form.Item>
      <Form.Item name="owner" label={t('projects.owner')}><DoerSelect /></Form.Item>
      <Form.Item name="departments" label={t('projects.departments')} extra={t('projects.departmentsHint')}><Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', '，', '、']} /></Form.Item>
      <Form.Item name="from" label={t('projects.from')} rules={needed}><DayInput allowClear={false} /></Form.Item>
      <Form.Item name="to" label={t('projects.to')} rules={needed}><DayInput allowClear={false} /></Form.Item>
      <Form.Item required name="state" label={t('projects.state')}><Select options={projectStates.map((value) => ({ value, label: t(`projects.stateOf.${value}`) }))} /></Form.Item>
    </ItemForm>
  );
}
