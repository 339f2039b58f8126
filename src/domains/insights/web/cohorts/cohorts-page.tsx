import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { addressOf, Alert, Button, ComputedAt, download, EmptyState, Flex, Loaded, PageHeader, Section, SegmentedControl, Stack, Typography, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { DownloadOutlined } from '../../../../web/icons.tsx';
import { type CohortCellPeople, type CohortPart, exportCohorts, readCohorts } from '../../contract.ts';
import { PeopleDrawer } from '../people/people-drawer.tsx';
import { NoOrders } from '../report/no-data.tsx';
import { CohortControls } from './cohort-controls.tsx';
import { CohortCurves } from './cohort-curves.tsx';
import { CohortTriangle } from './cohort-triangle.tsx';
import { type CohortMeasure, cohortMeasures, type CohortQuestion, useCohortQuestion, usualRange } from './use-cohort-question.ts';

/** Which people a cell is opened with, and which others belong to it. */
const partsOf: Record<CohortMeasure, CohortPart[]> = {
  retention: ['active', 'inactive'], repurchase: ['repurchased', 'not_repurchased'], value: ['all', 'repurchased', 'not_repurchased'], orders: ['all', 'repurchased', 'not_repurchased'],
};

/** Of those who first ordered together: how many came back, ordered again, and what they brought. */
export default function CohortsPage() {
  const { t } = useTranslation('insights');
  const question = useCohortQuestion();
  const mayExport = useMay('insights.export');
  const found = useEndpoint(readCohorts, { query: question.asked });
  return (
    <Stack>
      <PageHeader
        title={t('cohorts.title')}
        subtitle={t('cohorts.lead')}
        actions={mayExport && <Button icon={<DownloadOutlined />} onClick={() => void download(addressOf(exportCohorts, { query: question.asked }))}>{t('cohorts.export')}</Button>}
      />
      <CohortControls question={question} />
      <Loaded from={found}>
        {(reply) => (reply.until === null ? <NoOrders /> : <Cohorts reply={reply} question={question} isOld={found.isPlaceholderData} />)}
      </Loaded>
    </Stack>
  );
}

type Opened = Pick<CohortCellPeople, 'row' | 'age' | 'part'>;

function Cohorts({ reply, question: { asked, measure, filters, change }, isOld }: { reply: EndpointReply<typeof readCohorts>; question: CohortQuestion; isOld: boolean }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const [opened, setOpened] = useState<Opened | null>(null);
  const { cohort, unit, from, to, periods, priced } = asked;
  const shown = { reply, kind: cohort, unit, measure };
  const isEmpty = reply.rows.every(({ size }) => size === 0);
  const of = opened && { kind: 'cohort_cell' as const, cohort, unit, from, to, periods, priced: priced === '1', ...filters, ...opened };
  return (
    <div aria-busy={isOld}>
      <Stack>
        <Flex gap="small" wrap align="center">
          <SegmentedControl label={t('cohorts.measure.label')} value={measure} options={cohortMeasures.map((value) => ({ value, label: t(`cohorts.measure.${value}`) }))} onChange={(value) => change({ measure: value })} />
          <Typography.Text type="secondary">{t('cohorts.reach', { day: format.date(reply.until) })}</Typography.Text>
          <ComputedAt at={reply.computedAt} />
        </Flex>
        {reply.linesInOtherCurrency > 0 && measure === 'value' && (
          <Alert type="warning" showIcon title={t('cohorts.currency', { count: reply.linesInOtherCurrency, shown: format.number(reply.linesInOtherCurrency), currency: reply.currency })} />
        )}
        {isEmpty ? (
          <EmptyState
            title={t('cohorts.nobody')}
            hint={t('cohorts.nobodyHint')}
            action={<Button onClick={() => change(usualRange(unit, reply.until!))}>{t('cohorts.latest', { day: format.date(reply.until!) })}</Button>}
          />
        ) : (
          <>
            <Section title={t('cohorts.triangle')}>
              <Stack>
                <Typography.Text type="secondary">{t(`cohorts.explain.${measure}`)}{cohort !== 'time' && ` ${t('cohorts.whole')}`}</Typography.Text>
                <CohortTriangle {...shown} onOpen={(row, age) => setOpened({ row, age, part: partsOf[measure][0] })} />
                {reply.rows.some(({ cells }) => cells.some(({ isComplete }) => !isComplete)) && <Typography.Text type="secondary">{t('cohorts.broken')}</Typography.Text>}
                <Typography.Text type="secondary">{t('cohorts.outside', { before: format.number(reply.before), after: format.number(reply.after) })}</Typography.Text>
              </Stack>
            </Section>
            <Section title={t('cohorts.curves')}>
              <CohortCurves {...shown} />
            </Section>
          </>
        )}
      </Stack>
      <PeopleDrawer of={of} onClose={() => setOpened(null)}>
        {opened && <SegmentedControl label={t('cohorts.part.label')} value={opened.part} options={partsOf[measure].map((value) => ({ value, label: t(`cohorts.part.${value}`) }))} onChange={(part) => setOpened({ ...opened, part })} />}
      </PeopleDrawer>
    </div>
  );
}
