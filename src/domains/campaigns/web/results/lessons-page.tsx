import { useTranslation } from 'react-i18next';
import { Button, type Column, DataTable, EmptyState, Link, PageHeader, Popconfirm, Remark, Stack, Tag, useAction, useFormat, useMay } from '../../../../web/kit.ts';
import { DeleteOutlined } from '../../../../web/icons.tsx';
import { deleteLesson, type Lesson, listLessons } from '../../contract.ts';

/** What was learnt, for whoever plans the next campaign. */
export default function LessonsPage() {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const mayEdit = useMay('campaigns.edit');
  const mayReadPlans = useMay('planning.read');
  const drop = useAction(deleteLesson, { invalidates: [listLessons] });
  const columns: Column<Lesson>[] = [
    { key: 'title', title: t('results.lesson.title'), render: ({ title, body }) => <><strong>{title}</strong>{body && <div><Remark>{body}</Remark></div>}</> },
    { key: 'finding', title: t('results.lesson.finding'), render: ({ finding }) => <Remark>{finding}</Remark> },
    { key: 'campaign', title: t('results.lesson.campaign'), render: ({ campaignNo, campaignName }) => <Link to={`/programs/campaigns/${campaignNo}`}>{campaignName}</Link> },
    { key: 'tags', title: t('results.lesson.tags'), render: ({ tags }) => tags.map((tag) => <Tag key={tag}>{tag}</Tag>) },
    { key: 'saved', title: t('results.lesson.saved'), render: ({ savedAt, savedBy }) => `${format.date(savedAt)} · ${savedBy}` },
    ...(mayEdit ? [{ key: 'drop', title: '', render: ({ lessonNo }: Lesson) => <Popconfirm title={t('results.lesson.deleteAsk')} onConfirm={() => drop.mutate({ params: { lessonNo } })}><Button type="text" icon={<DeleteOutlined />} aria-label={t('plans.delete')} /></Popconfirm> }] : []),
  ];
  return (
    <Stack>
      <PageHeader title={t('navigation.lessons')} subtitle={t('results.lesson.subtitle')} actions={mayReadPlans && <Link to="/plan/reviews"><Button>{t('results.lesson.reviews')}</Button></Link>} />
      <DataTable endpoint={listLessons} columns={columns} rowKey={({ lessonNo }) => lessonNo} searchPlaceholder={t('results.lesson.search')} empty={<EmptyState title={t('results.lesson.none')} hint={t('results.lesson.noneHint')} />} />
    </Stack>
  );
}
