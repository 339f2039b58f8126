import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, App, Button, ComputedAt, DescriptionList, EmptyState, Flex, Form, FormModal, Input, Loaded, Section, Stack, useAction, useEndpoint, useFormat, useMay } from '../../../../web/kit.ts';
import { IdcardOutlined } from '../../../../web/icons.tsx';
import { readCustomer } from '../../../customers/contract.ts';
import { joinMember, leaveMembership, listMembers, type Membership, readMember, readMemberBenefits } from '../../contract.ts';
import { MemberBenefitsSection } from './member-benefits.tsx';
import { TierBadge } from './tier-badge.tsx';

const invalidates = [readMember, readMemberBenefits, listMembers, readCustomer];

/** The membership of one person: since when and how, their tier, what it brings, and what the next one would. */
export default function MembershipTab({ customerNo }: { customerNo: number }) {
  const { t } = useTranslation('membership');
  const member = useEndpoint(readMember, { params: { customerNo } });
  return (
    <Loaded from={member}>
      {({ membership, computedAt }) => (
        <Stack>
          {membership === null
            ? <EmptyState icon={<IdcardOutlined />} title={t('card.none')} hint={t('card.noneHint')} action={<JoinButton customerNo={customerNo} label={t('card.join')} />} />
            : <MemberCard membership={membership} customerNo={customerNo} />}
          {membership !== null && <MemberBenefitsSection customerNo={customerNo} />}
          <ComputedAt at={computedAt} />
        </Stack>
      )}
    </Loaded>
  );
}

function MemberCard({ membership, customerNo }: { membership: Membership; customerNo: number }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const mayJoin = useMay('membership.join');
  const [leaving, setLeaving] = useState(false);
  const { leftAt, tier, joinedAt, joinedBy, channel, tierSince, reviewAt, graceUntil } = membership;
  const facts = [
    { label: t('card.tier'), value: <TierBadge tier={tier} /> },
    { label: t('card.tierSince'), value: format.date(tierSince) },
    ...(leftAt === null ? [{ label: t('card.review'), value: reviewAt === null ? t('members.never') : format.date(reviewAt) }] : []),
    ...(graceUntil === null ? [] : [{ label: t('card.grace'), value: format.date(graceUntil) }]),
    { label: t('members.column.joinedAt'), value: format.dateTime(joinedAt) },
    { label: t('card.way'), value: t(`members.way.${joinedBy}`) },
    ...(channel === null ? [] : [{ label: t('card.channel'), value: channel }]),
  ];
  return (
    <Section>
      <Stack>
        {leftAt !== null && <Alert type="info" showIcon title={t('card.leftOn', { when: format.dateTime(leftAt) })} />}
        <DescriptionList items={facts} />
        {mayJoin && (
          <Flex justify="end">
            {leftAt === null ? <Button onClick={() => setLeaving(true)}>{t('card.leave')}</Button> : <JoinButton customerNo={customerNo} label={t('card.rejoin')} />}
          </Flex>
        )}
      </Stack>
      <LeaveForm customerNo={customerNo} open={leaving} onClose={() => setLeaving(false)} />
    </Section>
  );
}

function JoinButton({ customerNo, label }: { customerNo: number; label: string }) {
  const { t } = useTranslation('membership');
  const { modal } = App.useApp();
  const mayJoin = useMay('membership.join');
  const join = useAction(joinMember, { invalidates, done: t('card.joined') });
  const ask = () => modal.confirm({ title: t('card.joinTitle'), content: t('card.joinHint'), okText: label, onOk: () => join.mutateAsync({ body: { customerNo } }).catch(() => undefined) });
  return mayJoin && <Button type="primary" loading={join.isPending} onClick={ask}>{label}</Button>;
}

function LeaveForm({ customerNo, open, onClose }: { customerNo: number; open: boolean; onClose: () => void }) {
  const { t } = useTranslation('membership');
  return (
    <FormModal<typeof leaveMembership, { reason: string }>
      open={open}
      endpoint={leaveMembership}
      title={t('card.leaveTitle')}
      submitLabel={t('card.leave')}
      request={({ reason }) => ({ params: { customerNo }, body: { reason } })}
      invalidates={invalidates}
      done={t('card.left')}
      onDone={onClose}
      onCancel={onClose}
    >
      <Alert type="warning" showIcon title={t('card.leaveHint')} />
      <Form.Item name="reason" label={t('card.leaveReason')} rules={[{ required: true, whitespace: true, message: t('card.leaveReasonNeeded') }]}>
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} autoFocus />
      </Form.Item>
    </FormModal>
  );
}
