import { useTranslation } from 'react-i18next';
import { Alert, Form, FormDrawer, Select, Stack } from '../../../../web/kit.ts';
import { type ClosingFigures, closeProject, type ItemBody, listItems, listMonitors, listPlans, listProjects, listReviews, listReviewTags, readClosing, readProject } from '../../contract.ts';
import type { ProjectItem } from '../projects/known-items.ts';
import { ClosingFiguresView } from './closing-figures.tsx';
import { ReviewFields } from './review-fields.tsx';

type Values = ItemBody<'review'> & { state: 'done' | 'dropped' };

export interface CloseFormProps {
  planNo: number;
  project: ProjectItem;
  figures: ClosingFigures;
  computedAt: string;
  review: { version: number; body: ItemBody<'review'> } | null;
  open: boolean;
  onClose: () => void;
}

/** Closes a project with its review: what it came to stands above the questions. */
export function CloseForm({ planNo, project, figures, computedAt, review, open, onClose }: CloseFormProps) {
  const { t } = useTranslation('planning');
  const left = figures.tasks.open + figures.tasks.overdue;
  return (
    <FormDrawer<typeof closeProject, Values>
      open={open} endpoint={closeProject} title={t('reviews.close')} submitLabel={t('reviews.closeAndKeep')} onCancel={onClose} onDone={onClose}
      invalidates={[listItems, listPlans, listProjects, readProject, readClosing, listReviews, listReviewTags, listMonitors]} initial={{ state: project.body.state === 'dropped' ? 'dropped' : 'done', ...(review?.body ?? (project.body.aim ? { result: t('reviews.draft', { aim: project.body.aim }) } : {})) }}
      request={({ state, outcome, tags = [], ...parts }) => ({
        params: { planNo, itemNo: project.itemNo },
        body: { state, version: project.version, reviewVersion: review?.version ?? null, review: { outcome, tags, result: parts.result ?? '', wentWell: parts.wentWell ?? '', wentBadly: parts.wentBadly ?? '', lessons: parts.lessons ?? '', nextSteps: parts.nextSteps ?? '' } },
      })}
    >
      <Stack>
        <ClosingFiguresView figures={figures} computedAt={computedAt} />
        {left > 0 && <Alert type="warning" showIcon title={t('reviews.workLeft', { count: left })} />}
        <div>
          <Form.Item name="state" required label={t('reviews.state')}><Select options={(['done', 'dropped'] as const).map((value) => ({ value, label: t(`reviews.stateOf.${value}`) }))} /></Form.Item>
          <ReviewFields />
        </div>
      </Stack>
    </FormDrawer>
  );
}
