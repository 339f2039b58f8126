import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, Collapse, EmptyState, Flex, Link, Loaded, Section, Stack, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { EditOutlined, FileTextOutlined, HistoryOutlined } from '../../../../web/icons.tsx';
import { type ItemBody, readClosing } from '../../contract.ts';
import { ItemForm } from '../projects/forms/item-form.tsx';
import type { ProjectItem } from '../projects/known-items.ts';
import { ClosingFiguresView } from './closing-figures.tsx';
import { CloseForm } from './close-form.tsx';
import { ReviewFields } from './review-fields.tsx';
import { ReviewScores } from './review-scores.tsx';
import { ReviewHistory } from './review-history.tsx';
import { ReviewWords } from './review-words.tsx';

const pendingMs = 1_500;

/** What a project came to and what was learnt; before it is closed, how it stands and the way to close it. */
export function ReviewTab({ planNo, project }: { planNo: number; project: ProjectItem }) {
  const { t } = useTranslation('planning');
  const format = useFormat();
  const mayEdit = useMay('planning.edit');
  const [open, setOpen] = useState<'close' | 'edit' | 'history' | null>(null);
  const closing = useEndpoint(readClosing, { params: { planNo, itemNo: project.itemNo } }, { refreshMs: (read) => (read?.isPending ? pendingMs : false) });
  const isOver = project.body.state === 'done' || project.body.state === 'dropped';
  const finish = () => setOpen(null);
  return (
    <Loaded from={closing}>
      {({ figures, computedAt, review: read, closings, versions, scores }) => {
        const review = read as unknown as { itemNo: number; version: number; body: ItemBody<'review'> } | null;
        const [last, ...earlier] = closings;
        const close = mayEdit && (!isOver || !review) && <Button type="primary" onClick={() => setOpen('close')}>{t(isOver ? 'reviews.write' : review ? 'reviews.closeAgain' : 'reviews.close')}</Button>;
        const all = <Link to="/plan/reviews">{t('reviews.all')}</Link>;
        return (
          <Stack>
            {!review && <EmptyState icon={<FileTextOutlined />} title={t(isOver ? 'reviews.noneAfter' : 'reviews.none')} hint={t('reviews.noneHint')} action={<Flex gap={12} align="center" wrap justify="center">{close}{all}</Flex>} />}
            {review && !isOver && <Alert type="info" showIcon title={t('reviews.openAgain')} action={close} />}
            {review && (
              <Section
                title={t('projects.tab.review')}
                extra={<Flex gap={8} wrap justify="end">{mayEdit && <Button size="small" icon={<EditOutlined />} onClick={() => setOpen('edit')}>{t('reviews.edit')}</Button>}<Button size="small" icon={<HistoryOutlined />} onClick={() => setOpen('history')}>{t('reviews.history')}</Button></Flex>}
              >
                <Stack>{last && <><div>{t('reviews.closedAt', { at: format.date(last.at), by: last.by })}</div><ClosingFiguresView figures={last.figures} computedAt={last.at} /></>}<ReviewWords body={review.body} />{all}</Stack>
              </Section>
            )}
            {!review && !isOver && <Section title={t('reviews.soFar')}><Stack><ClosingFiguresView figures={figures} computedAt={computedAt} /></Stack></Section>}
            <ReviewScores scores={scores} />
            {earlier.length > 0 && <Collapse items={earlier.map((each) => ({ key: each.closingNo, label: t('reviews.closedBefore', { at: format.date(each.at), by: each.by, state: t(`projects.stateOf.${each.state}`) }), children: <Stack><ClosingFiguresView figures={each.figures} computedAt={each.at} /></Stack> }))} />}
            {open === 'close' && <CloseForm planNo={planNo} project={project} figures={figures} computedAt={computedAt} review={review} open onClose={finish} />}
            {review && open === 'edit' && (
              <ItemForm<'review', ItemBody<'review'>> planNo={planNo} kind="review" item={review} parentNo={project.itemNo} open title={t('reviews.edit')} initial={review.body} bodyOf={(values) => values} onClose={finish}>
                <ReviewFields />
              </ItemForm>
            )}
            {review && <ReviewHistory planNo={planNo} projectNo={project.itemNo} versions={versions} open={open === 'history'} onClose={finish} />}
          </Stack>
        );
      }}
    </Loaded>
  );
}
