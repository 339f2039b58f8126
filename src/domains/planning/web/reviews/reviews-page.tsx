import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { type Column, DataTable, EmptyState, type Filter, Link, PageHeader, Remark, SegmentedControl, Stack, Tag, useEndpoint, useFormat, useMay, useSearchState } from '../../../../web/kit.ts';
import { FileTextOutlined } from '../../../../web/icons.tsx';
import { listLessons } from '../../../campaigns/contract.ts';
import { type FoundReview, listPlans, listReviews, listReviewTags, reviewOutcomes } from '../../contract.ts';
import { OutcomeTag } from './review-words.tsx';

const chosen = z.object({ of: z.enum(['projects', 'campaigns']).default('projects'), page: z.coerce.number().optional() });

/** What was learnt from projects of all plans, and from campaigns: one search, whoever begins the next. */
export default function ReviewsPage() {
  const { t } = useTranslation('planning');
  const [{ of }, change] = useSearchState(chosen);
  const mayReadLessons = useMay('campaigns.read');
  return (
    <Stack>
      <PageHeader title={t('reviews.title')} subtitle={t('reviews.subtitle')} breadcrumbs={[{ label: t('projects.title'), to: '/plan/projects' }]} />
      {mayReadLessons && <SegmentedControl label={t('reviews.of')} value={of} options={(['projects', 'campaigns'] as const).map((value) => ({ value, label: t(`reviews.ofWhat.${value}`) }))} onChange={(next) => change({ of: next, page: undefined })} />}
      {of === 'campaigns' && mayReadLessons ? <Lessons /> : <Reviews />}
    </Stack>
  );
}

function Reviews() {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const tags = useEndpoint(listReviewTags);
  const plans = useEndpoint(listPlans);
  const columns: Column<FoundReview>[] = [
    { key: 'project', title: t('reviews.project'), render: ({ projectName, projectNo, planNo, planName, isOpen }) => <><Link to={`/plan/projects/${projectNo}?plan=${planNo}&tab=review`}>{projectName}</Link>{isOpen && <> <Tag>{t('reviews.isOpen')}</Tag></>}<div><small>{planName}</small></div></> },
    { key: 'outcome', title: t('reviews.outcome'), render: ({ outcome }) => <OutcomeTag outcome={outcome} /> },
    { key: 'excerpt', title: t('reviews.excerpt'), render: ({ excerpt }) => <Remark>{excerpt}</Remark> },
    { key: 'tags', title: t('reviews.tags'), render: ({ tags: own }) => own.map((tag) => <Tag key={tag}>{tag}</Tag>) },
    { key: 'closed', title: t('reviews.closed'), render: ({ closedAt, changedAt, changedBy }) => `${format.date(closedAt ?? changedAt)} · ${changedBy}` },
  ];
  const filters: Filter[] = [
    { key: 'tag', label: t('reviews.tags'), options: (tags.data?.tags ?? []).map(({ tag, count }) => ({ value: tag, label: `${tag} (${format.number(count)})` })) },
    { key: 'outcome', label: t('reviews.outcome'), options: reviewOutcomes.map((value) => ({ value, label: t(`reviews.outcomes.${value}`) })) },
    ...((plans.data?.plans.length ?? 0) > 1 ? [{ key: 'plan', label: t('frame.plan'), options: plans.data!.plans.map(({ planNo, name }) => ({ value: String(planNo), label: name })) }] : []),
  ];
  return <DataTable endpoint={listReviews} columns={columns} filters={filters} rowKey={({ itemNo }) => itemNo} searchPlaceholder={t('reviews.search')} empty={<EmptyState icon={<FileTextOutlined />} title={t('reviews.noReviews')} hint={t('reviews.noReviewsHint')} action={<Link to="/plan/projects">{t('projects.title')}</Link>} />} />;
}

type Lesson = z.output<typeof listLessons.reply>['rows'][number];

/** Lessons of campaigns, by the same search. */
function Lessons() {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const columns: Column<Lesson>[] = [
    { key: 'title', title: t('reviews.lesson'), render: ({ title, body }) => <><strong>{title}</strong>{body && <div><Remark>{body}</Remark></div>}</> },
    { key: 'finding', title: t('reviews.finding'), render: ({ finding }) => <Remark>{finding}</Remark> },
    { key: 'campaign', title: t('reviews.campaign'), render: ({ campaignNo, campaignName }) => <Link to={`/programs/campaigns/${campaignNo}`}>{campaignName}</Link> },
    { key: 'tags', title: t('reviews.tags'), render: ({ tags }) => tags.map((tag) => <Tag key={tag}>{tag}</Tag>) },
    { key: 'saved', title: t('reviews.saved'), render: ({ savedAt, savedBy }) => `${format.date(savedAt)} · ${savedBy}` },
  ];
  return <DataTable endpoint={listLessons} columns={columns} rowKey={({ lessonNo }) => lessonNo} searchPlaceholder={t('reviews.search')} empty={<EmptyState icon={<FileTextOutlined />} title={t('reviews.noLessons')} hint={t('reviews.noLessonsHint')} />} />;
}
