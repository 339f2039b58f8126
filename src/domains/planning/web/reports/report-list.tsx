import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Button, type Column, currentLocale, DataTable, DateRangePicker, EmptyState, Form, FormModal, languageNames, Select, Tag, useEndpoint, useFormat, useMay, useNavigateTo, useSearchState, useSession } from '../../../../web/kit.ts';
import { FileTextOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { listPlanReports, listProjects, type PlanReportHead, reportUnits, writePlanReport } from '../../contract.ts';
import { useWho } from '../frame/use-who.ts';
import { DayInput } from '../projects/forms/fields.tsx';
import { asProject } from '../projects/known-items.ts';
import { OccasionTag } from './occasion-tag.tsx';

const period = z.object({ from: z.string().optional(), to: z.string().optional() });
const movingMs = 3_000;

/** Reports of a plan and of all its projects, or of one of them. */
export function ReportList({ planNo, projectNo }: { planNo: number; projectNo?: number }) {
  const { t } = useTranslation('planning');
  const who = useWho();
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const [isWriting, setWriting] = useState(false);
  const [{ from, to }, choose] = useSearchState(period);
  const projects = useEndpoint(listProjects, { params: { planNo } });
  const scopes = [{ value: '0', label: t('reports.wholePlan') }, ...(projects.data?.projects ?? []).map((item) => ({ value: String(item.itemNo), label: asProject(item).body.name }))];
  const add = mayEdit && <Button type="primary" icon={<PlusOutlined />} onClick={() => setWriting(true)}>{t('reports.new')}</Button>;
  const columns: Column<PlanReportHead>[] = [
    { key: 'unit', title: t('reports.unitLabel'), render: ({ unit }) => t(`reports.unit.${unit}`) },
    { key: 'period', title: t('reports.period'), render: (row) => (row.from === row.to ? format.date(row.from) : `${format.date(row.from)} – ${format.date(row.to)}`) },
    ...(projectNo === undefined ? [{ key: 'scope', title: t('reports.scope'), render: ({ projectName }: PlanReportHead) => projectName ?? t('reports.wholePlan') }] : []),
    { key: 'state', title: t('reports.state'), render: ({ last, sent }) => (last && (last.state !== 'made' || last.isLate) && sent === 0 ? <OccasionTag occasion={last} /> : <Tag color={sent > 0 ? 'success' : 'default'}>{sent > 0 ? t('reports.sentCount', { count: sent }) : t('reports.notSent')}</Tag>) },
    { key: 'written', title: t('reports.written'), render: ({ writtenAt, writtenBy, editedBy }) => `${format.dateTime(writtenAt)} · ${editedBy ?? who(writtenBy)}` },
  ];
  return (
    <>
      <DataTable
        endpoint={listPlanReports} params={{ planNo }} query={{ ...(from ? { from } : {}), ...(to ? { to } : {}), ...(projectNo === undefined ? {} : { projectNo }) }} columns={columns} rowKey={({ reportNo }) => reportNo} rowLink={({ reportNo }) => `/plan/reports/${reportNo}?plan=${planNo}`}
        filters={[{ key: 'unit', label: t('reports.unitLabel'), options: reportUnits.map((value) => ({ value, label: t(`reports.unit.${value}`) })) }, ...(projectNo === undefined ? [{ key: 'projectNo', label: t('reports.scope'), options: scopes }] : [])]}
        extra={<><DateRangePicker clearable label={t('reports.period')} value={from && to ? { from, to } : null} onChange={(range) => choose({ from: range?.from, to: range?.to })} />{add}</>}
        narrowed={from !== undefined} refreshMs={movingMs} empty={<EmptyState icon={<FileTextOutlined />} title={t('reports.none')} hint={t('reports.noneHint')} action={add} />}
      />
      <WriteForm planNo={planNo} projectNo={projectNo ?? 0} scopes={scopes} open={isWriting} onClose={() => setWriting(false)} />
    </>
  );
}

interface Wanted {
  unit: PlanReportHead['unit'];
  day: string;
  projectNo: string;
  locale: PlanReportHead['locale'];
}

function WriteForm({ planNo, projectNo: chosen, scopes, open, onClose }: { planNo: number; projectNo: number; scopes: { value: string; label: string }[]; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('planning');
  const navigate = useNavigateTo();
  const { brand } = useSession();
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: brand.timeZone }).format(new Date());
  return (
    <FormModal<typeof writePlanReport, Wanted>
      open={open} endpoint={writePlanReport} title={t('reports.new')} submitLabel={t('reports.write')} initial={{ unit: 'week', day: today, projectNo: String(chosen), locale: currentLocale() }} invalidates={[listPlanReports]}
      request={({ projectNo, ...values }) => ({ params: { planNo }, body: { ...values, projectNo: Number(projectNo) || null } })} onDone={({ reportNo }) => navigate(`/plan/reports/${reportNo}?plan=${planNo}`)} onCancel={onClose}
    >
      <Form.Item required name="unit" label={t('reports.unitLabel')}><Select options={reportUnits.map((value) => ({ value, label: t(`reports.unit.${value}`) }))} /></Form.Item>
      <Form.Item name="day" label={t('reports.day')} extra={t('reports.dayHint')} rules={[{ required: true, message: t('projects.needed') }]}><DayInput allowClear={false} /></Form.Item>
      <Form.Item required name="projectNo" label={t('reports.scope')}><Select showSearch={{ optionFilterProp: 'label' }} options={scopes} /></Form.Item>
      <Form.Item required name="locale" label={t('reports.language')}><Select options={Object.entries(languageNames).map(([value, label]) => ({ value, label }))} /></Form.Item>
    </FormModal>
  );
}
