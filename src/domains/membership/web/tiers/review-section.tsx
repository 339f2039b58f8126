import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { addDays, Alert, Button, ComputedAt, DataTable, EmptyState, FigureButton, Flex, Form, FormModal, Input, Loaded, Progress, Section, Stack, Table, todayIn, useEndpoint, useFormat, useMay, useSearchState, useSession } from '../../../../web/kit.ts';
import { decideTierReview, listTierPeople, readTierBoard, readTierReview, type TierPerson, type TierReview } from '../../contract.ts';
import { DayField } from '../day-field.tsx';
import { TierBadge } from '../members/tier-badge.tsx';
import { MissedDrawer } from './missed-drawer.tsx';
import { useTierColumns } from './use-tier-columns.tsx';

/** Between two looks at how far a decision about all has come. */
const progressMs = 2_000;
const asked = z.object({ until: z.iso.date().optional().catch(undefined) });
type Verdict = 'drop' | 'keep';

/** What reviews will come to, and the drops that wait for somebody. */
export function ReviewSection() {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const [{ until = addDays(todayIn(useSession().brand.timeZone), 90) }, change] = useSearchState(asked);
  const review = useEndpoint(readTierReview, { query: { until } }, { refreshMs: (shown) => (shown?.running ? progressMs : false) });
  const board = useEndpoint(readTierBoard, {});
  const columns = useTierColumns('awaiting');
  const mayDecide = useMay('membership.approve');
  const [missed, setMissed] = useState<TierReview['tiers'][number] | null>(null);
  const [deciding, setDeciding] = useState<{ verdict: Verdict; person: TierPerson | null } | null>(null);
  if (board.data?.review === null) return <EmptyState title={t('tiers.noProgramme')} hint={t('tiers.noProgrammeHint')} />;
  const decide = (verdict: Verdict, person: TierPerson | null, label: string) => <Button type={person ? 'link' : 'default'} size={person ? 'small' : 'middle'} onClick={() => setDeciding({ verdict, person })}>{label}</Button>;
  return (
    <Loaded from={review}>
      {(shown) => (
        <Stack>
          <Alert type="info" showIcon title={t(`tiers.review.${shown.review === 'approved' ? 'approved' : 'byItself'}`)} description={t('tiers.review.rules', { grace: shown.graceDays, minimum: shown.minimumDays, drop: t(`tiers.review.drop.${shown.drop}`) })} />
          <Section title={t('tiers.review.prepared')}>
            <Stack>
              <Flex gap={8} align="center">
                <span>{t('tiers.review.until')}</span>
                <DayField label={t('tiers.review.until')} isNeeded value={until} onChange={(day) => day && change({ until: day })} />
              </Flex>
              <Table
                rowKey={({ tier }) => tier.key} size="small" dataSource={shown.tiers} pagination={false}
                columns={[
                  { title: t('tiers.column.tier'), render: (_, { tier }) => <TierBadge tier={tier} /> },
                  { title: t('tiers.column.due'), align: 'end', render: (_, { due }) => format.number(due) },
                  { title: t('tiers.column.kept'), align: 'end', render: (_, { kept }) => format.number(kept) },
                  { title: t('tiers.column.missed'), align: 'end', render: (_, of) => (of.missed > 0 ? <FigureButton text={format.number(of.missed)} label={t('tiers.review.missedTitle', { tier: of.tier.name })} onClick={() => setMissed(of)} /> : format.number(0)) },
                ]}
              />
            </Stack>
          </Section>
          <MissedDrawer of={missed} until={until} onClose={() => setMissed(null)} />
          <Section title={t('tiers.review.waiting')}>
            {shown.running ? <Deciding {...shown.running} /> : <DataTable
              endpoint={listTierPeople}
              query={{ group: 'awaiting' }}
              prefix="waiting"
              columns={[...columns, ...(mayDecide ? [{ key: 'decide', title: '', render: (row: TierPerson) => <>{decide('drop', row, t('tiers.review.drop_'))}{decide('keep', row, t('tiers.review.keep_'))}</> }] : [])]}
              rowKey={(row) => row.customerNo}
              extra={mayDecide && shown.awaiting > 0 ? <Flex gap={8}>{decide('drop', null, t('tiers.review.dropAll'))}{decide('keep', null, t('tiers.review.keepAll'))}</Flex> : undefined}
              empty={<EmptyState title={t('tiers.review.none')} hint={t('tiers.review.noneHint')} />}
            />}
          </Section>
          <ComputedAt at={shown.computedAt} />
          {deciding && <DecisionForm verdict={deciding.verdict} person={deciding.person} people={deciding.person ? 1 : shown.awaiting} onClose={() => setDeciding(null)} />}
        </Stack>
      )}
    </Loaded>
  );
}

/** A decision about everybody who waited goes on whoever looks, and is found again. */
function Deciding({ verdict, by, reason, people, decided }: NonNullable<TierReview['running']>) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const title = t(verdict === 'drop' ? 'tiers.review.dropping' : 'tiers.review.keeping', { done: format.number(decided), shown: format.number(people) });
  return (
    <Stack>
      <Alert type="info" showIcon title={title} description={t('tiers.review.decidedBy', { by, reason })} />
      <Progress percent={Math.floor((100 * decided) / Math.max(people, 1))} aria-label={title} />
    </Stack>
  );
}

function DecisionForm({ verdict, person, people, onClose }: { verdict: Verdict; person: TierPerson | null; people: number; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  return (
    <FormModal<typeof decideTierReview, { reason: string }>
      open
      endpoint={decideTierReview}
      title={t(verdict === 'drop' ? 'tiers.review.drop_' : 'tiers.review.keep_')}
      submitLabel={t(verdict === 'drop' ? 'tiers.review.drop_' : 'tiers.review.keep_')}
      request={({ reason }) => ({ body: { verdict, reason, ...(person ? { customerNos: [person.customerNo] } : {}) } })}
      invalidates={[readTierReview, listTierPeople, readTierBoard]}
      done={t(person ? 'tiers.review.done' : 'tiers.review.begun', { shown: format.number(people) })}
      onDone={onClose}
      onCancel={onClose}
    >
      <Alert type="warning" showIcon title={t(verdict === 'drop' ? 'tiers.review.ask' : 'tiers.review.askKeep', { shown: format.number(people) })} />
      <Form.Item name="reason" label={t('tiers.review.reason')} rules={[{ required: true, whitespace: true }]}><Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} autoFocus /></Form.Item>
    </FormModal>
  );
}
