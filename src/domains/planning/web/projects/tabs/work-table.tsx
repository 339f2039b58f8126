import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Button, type Column, DataTable, Flex, SegmentedControl, Tag, useFormat, useSearchState } from '../../../../../web/kit.ts';
import { listProjectWork, type ProjectWorkRow, workShows } from '../../../contract.ts';
import { asWork, dueOf, isTask } from '../known-items.ts';

const chosen = z.object({ show: z.enum(workShows).default('open') });
type Row = ReturnType<typeof asWork<ProjectWorkRow>>[number];
const known = (row: ProjectWorkRow): Row => asWork([row])[0];

/** Milestones and tasks as a list, with what each waits for. */
export function WorkTable({ planNo, projectNo, onOpen }: { planNo: number; projectNo: number; onOpen: (itemNo: number) => void }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const [{ show }, change] = useSearchState(chosen);
  const stateWord = (item: Row): string => (isTask(item) ? t(`projects.taskStateOf.${item.body.state}`) : t(item.body.doneOn === null ? 'projects.notReached' : 'projects.reached'));
  const columns: Column<ProjectWorkRow>[] = [
    { key: 'name', title: t('projects.what'), sortable: true, render: (row) => <Button type="link" size="small" onClick={() => onOpen(row.itemNo)} style={{ paddingInline: 0, whiteSpace: 'normal', height: 'auto', textAlign: 'start' }}>{row.kind === 'task' ? known(row).body.name : `◆ ${known(row).body.name}`}</Button> },
    { key: 'state', title: t('projects.state'), render: (row) => stateWord(known(row)) },
    { key: 'owner', title: t('projects.owner'), sortable: true, render: (row) => known(row).body.owner?.name ?? '–' },
    { key: 'department', title: t('projects.department'), optional: true, render: (row) => { const item = known(row); return isTask(item) && item.body.department ? <Tag>{item.body.department}</Tag> : '–'; } },
    { key: 'from', title: t('projects.from'), render: (row) => { const item = known(row); return format.date(isTask(item) ? item.body.from : null); } },
    { key: 'due', title: t('projects.due'), sortable: true, render: (row) => format.date(dueOf(known(row))) },
    { key: 'ends', title: t('projects.ends'), sortable: true, render: ({ ends, lateDays, isCritical }) => <Flex gap={4} wrap>{format.date(ends)}{lateDays > 0 && <Tag color="warning">{t('projects.lateBy', { count: lateDays })}</Tag>}{isCritical && <Tag color="error">{t('projects.critical')}</Tag>}</Flex> },
    { key: 'waitsFor', title: t('projects.dependsOn'), render: ({ waitsFor }) => waitsFor.join(t('projects.comma')) || '–' },
  ];
  return (
    <DataTable
      endpoint={listProjectWork} params={{ planNo, itemNo: projectNo }} query={{ show }} columns={columns} rowKey={({ itemNo }) => itemNo} prefix="work" searchPlaceholder={t('projects.search')} narrowed={show !== 'all'}
      extra={<SegmentedControl label={t('projects.show')} value={show} onChange={(next) => change({ show: next })} options={workShows.map((value) => ({ value, label: t(`projects.showOf.${value}`) }))} />}
    />
  );
}
