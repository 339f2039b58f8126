import { useTranslation } from 'react-i18next';
import { Alert, ComputedAt, EmptyState, Link, Loaded, ProgressBar, Stack, Table, Tag, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type Campaign, type CampaignProgress, listCampaignSteps, readCampaignProgress } from '../../contract.ts';

const movingMs = 2_000;
const colors: Record<CampaignProgress['state'], string> = { waiting: 'processing', running: 'success', paused: 'warning', done: 'blue', cancelled: 'default' };

/** How far each occasion has come. */
export function ProgressTab({ campaign: { campaignNo, state } }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const format = useFormat();
  const progress = useEndpoint(readCampaignProgress, { params: { campaignNo } }, {
    // Until what is shown is the end of it too: the campaign may be over before its occasions are read again.
    refreshMs: (found) => (state === 'running' || found?.occasions.some((each) => each.state === 'running' || each.state === 'waiting') ? movingMs : false),
  });
  const number = (key: keyof CampaignProgress, title: string) => ({ key, title, align: 'end' as const, render: (_: unknown, row: CampaignProgress) => format.number(row[key] as number) });
  return (
    <Loaded from={progress}>
      {({ occasions, computedAt }) => {
        if (occasions.length === 0) return <EmptyState title={t('plans.progress.none')} hint={t('plans.progress.noneHint')} />;
        const [last] = occasions;
        const toReach = last.people - last.heldOut - last.keptOut - erasedOf(last);
        const settled = last.handed + last.refused + last.unknown + last.refusedByGate;
        return (
          <Stack>
            {state === 'paused' && <WhyPaused campaignNo={campaignNo} />}
            {last.trouble !== null && <Alert type="error" showIcon title={t('plans.progress.trouble', { why: t(`plans.progress.troubles.${last.trouble.replace('messaging.', '')}`, { defaultValue: last.trouble }) })} />}
            {last.overBudget > 0 && <Alert type="warning" showIcon title={t('plans.progress.overBudget', { count: last.overBudget, people: format.number(last.overBudget) })} action={<Link to="/programs/decisions?reason=budget">{t('plans.progress.whyNot')}</Link>} />}
            <ProgressBar label={t('plans.progress.total')} done={settled} total={toReach} />
            {last.lastHourAt !== null && <Typography.Text type="secondary">{t('plans.progress.byBestHour', { when: format.dateTime(last.lastHourAt) })}</Typography.Text>}
            <Table<CampaignProgress>
              rowKey="occasion" size="small" pagination={false} dataSource={occasions} scroll={{ x: 'max-content' }}
              columns={[
                { key: 'occasion', title: t('plans.progress.occasion'), render: (_, { occasion }) => (occasion === 'once' ? t('plans.progress.once') : occasion) },
                { key: 'state', title: t('plans.progress.state'), render: (_, row) => <Tag color={colors[row.state]}>{t(`plans.progress.states.${row.state}`)}</Tag> },
                { key: 'at', title: t('plans.progress.began'), render: (_, { at }) => format.dateTime(at) },
                number('people', t('plans.progress.people')), number('heldOut', t('plans.progress.heldOut')), ...(occasions.some(({ keptOut }) => keptOut > 0) ? [number('keptOut', t('plans.progress.keptOut'))] : []), number('handed', t('plans.progress.handed')), { key: 'queued', title: t('plans.progress.waiting'), align: 'end' as const, render: (_: unknown, row: CampaignProgress) => format.number(waitingOf(row)) },
                number('deferred', t('plans.progress.deferred')), number('refusedByGate', t('plans.progress.refused')), number('refused', t('plans.progress.refusedByProvider')), number('unknown', t('plans.progress.unknown')), ...(occasions.some((each) => erasedOf(each) > 0) ? [{ key: 'erased', title: t('plans.progress.erased'), align: 'end' as const, render: (_: unknown, row: CampaignProgress) => format.number(erasedOf(row)) }] : []),
                number('bounced', t('results.delivery.bounced')), number('complained', t('results.delivery.complained')),
              ]}
            />
            {occasions.some((each) => each.deferred + each.refusedByGate > 0) && <Link to="/programs/decisions">{t('plans.progress.whyNot')}</Link>}
            <ComputedAt at={computedAt} />
          </Stack>
        );
      }}
    </Loaded>
  );
}

/** Whom it has still to come to: who waits to be handed over, and of whom nothing is decided yet. */
function waitingOf({ state, people, heldOut, keptOut, queued, deferred, handed, refused, refusedByGate, unknown }: CampaignProgress): number {
  if (state === 'done' || state === 'cancelled') return queued;
  return Math.max(queued, people - heldOut - keptOut - deferred - handed - refused - refusedByGate - unknown);
}

/** Who was meant and is in no count once it is done: their data were erased since, and what was decided about them with it. */
function erasedOf({ state, people, heldOut, keptOut, queued, deferred, handed, refused, refusedByGate, unknown }: CampaignProgress): number {
  return state === 'done' ? Math.max(0, people - heldOut - keptOut - queued - deferred - handed - refused - refusedByGate - unknown) : 0;
}

/** Why it stands still, where nobody halted it. */
function WhyPaused({ campaignNo }: { campaignNo: number }) {
  const { t } = useTranslation('campaigns');
  const steps = useEndpoint(listCampaignSteps, { params: { campaignNo } });
  const last = steps.data?.steps[0];
  if (last?.step !== 'pause_bounced' && last?.step !== 'pause_complained') return null;
  return <Alert type="warning" showIcon title={`${t(`step.${last.step}`)} (${last.note})`} description={t('plans.progress.whyPaused')} />;
}
