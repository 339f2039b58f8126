import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Flex, Input, SegmentedControl, Table, type TableProps, Tag, useFormat } from '../../../../../web/kit.ts';
import type { ReadProject } from '../../../contract.ts';
import { dueOf, isTask, type WorkItem } from '../known-items.ts';

const shows = ['open', 'late', 'all'] as const;

/** Milestones and tasks as a list, with what each waits for. */
export function WorkTable({ items, outside, onOpen }: { items: WorkItem[]; outside: ReadProject['outside']; onOpen: (itemNo: number) => void }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const [show, setShow] = useState<(typeof shows)[number]>('open');
  const [search, setSearch] = useState('');
  const names = new Map([...items.map((each): [number, string] => [each.itemNo, each.body.name]), ...outside.map((each): [number, string] => [each.itemNo, each.projectName === null ? each.name : `${each.projectName} › ${each.name}`])]);
  const rows = items.filter((item) => {
    const isOpen = item.body.doneOn === null && !(isTask(item) && item.body.state === 'dropped');
    return (show === 'all' || (isOpen && (show === 'open' || item.lateDays > 0))) && item.body.name.toLowerCase().includes(search.trim().toLowerCase());
  });
  const columns: TableProps<WorkItem>['columns'] = [
    { key: 'name', title: t('projects.what'), render: (_, item) => <Button type="link" size="small" onClick={() => onOpen(item.itemNo)} style={{ paddingInline: 0, whiteSpace: 'normal', height: 'auto', textAlign: 'start' }}>{isTask(item) ? item.body.name : `◆ ${item.body.name}`}</Button> },
    { key: 'state', title: t('projects.state'), render: (_, item) => stateWord(item) },
    { key: 'owner', title: t('projects.owner'), render: (_, { body }) => body.owner?.name ?? '–' },
    { key: 'department', title: t('projects.department'), render: (_, item) => (isTask(item) && item.body.department ? <Tag>{item.body.department}</Tag> : '–') },
    { key: 'from', title: t('projects.from'), render: (_, item) => format.date(isTask(item) ? item.body.from : null) },
    { key: 'due', title: t('projects.due'), sorter: (a, b) => ((dueOf(a) ?? '9') < (dueOf(b) ?? '9') ? -1 : 1), render: (_, item) => format.date(dueOf(item)) },
    { key: 'ends', title: t('projects.ends'), sorter: (a, b) => a.lateDays - b.lateDays, render: (_, { ends, lateDays, isCritical }) => <Flex gap={4} wrap>{format.date(ends)}{lateDays > 0 && <Tag color="warning">{t('projects.lateBy', { count: lateDays })}</Tag>}{isCritical && <Tag color="error">{t('projects.critical')}</Tag>}</Flex> },
    { key: 'dependsOn', title: t('projects.dependsOn'), render: (_, { body }) => body.dependsOn.map((no) => names.get(no)).filter((name) => name !== undefined).join('、') || '–' },
  ];
  const stateWord = (item: WorkItem): string => (isTask(item) ? t(`projects.taskStateOf.${item.body.state}`) : t(item.body.doneOn === null ? 'projects.notReached' : 'projects.reached'));
  return (
    <>
      <Flex gap={8} wrap justify="space-between" style={{ marginBlockEnd: 12 }}>
        <SegmentedControl label={t('projects.show')} value={show} onChange={setShow} options={shows.map((value) => ({ value, label: t(`projects.showOf.${value}`) }))} />
        <Input.Search allowClear placeholder={t('projects.search')} onChange={(event) => setSearch(event.target.value)} style={{ maxWidth: 260 }} />
      </Flex>
      <Table<WorkItem> rowKey="itemNo" size="small" columns={columns} dataSource={rows} scroll={{ x: 900 }} pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }} locale={{ emptyText: t('projects.noneShown') }} />
    </>
  );
}
