import { useTranslation } from 'react-i18next';
import { EmptyState, Loaded, Remark, Section, Sentence, Stack, Table, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type BenefitKind, giftKinds, type MemberBenefits, readMemberBenefits, type ShownGrant } from '../../contract.ts';
import { GrantState } from '../benefits/grant-state.tsx';
import { NoteUse } from './note-use.tsx';
import { TierBadge } from './tier-badge.tsx';

/** Handed out, and used one by one; of the others a use is noted where it costs something, or there is an end of it. */
const isGiven = (kind: BenefitKind): boolean => kind === 'partner' || giftKinds.some((gift) => gift === kind);

/** What a member has by their tier, what they were given, and what comes with the next tier. */
export function MemberBenefitsSection({ customerNo }: { customerNo: number }) {
  const { t } = useTranslation('membership');
  const benefits = useEndpoint(readMemberBenefits, { params: { customerNo } });
  return (
    <Loaded from={benefits}>
      {({ has, grants, next }) => (
        <Stack>
          <Section title={t('benefits.held.title')}>
            {has.length === 0 ? <EmptyState title={t('benefits.held.none')} hint={t('benefits.held.noneHint')} /> : <HeldTable customerNo={customerNo} has={has} />}
          </Section>
          {next !== null && <NextTier next={next} />}
          {grants.length > 0 && <Section title={t('benefits.held.given')}><GrantTable customerNo={customerNo} grants={grants} /></Section>}
        </Stack>
      )}
    </Loaded>
  );
}

function HeldTable({ customerNo, has }: Pick<MemberBenefits, 'customerNo' | 'has'>) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const left = ({ kind, left: times, leftUntil }: MemberBenefits['has'][number]): string =>
    giftKinds.some((gift) => gift === kind) ? t('benefits.held.byItself') : times === null ? t('benefits.held.unlimited') : leftUntil === null ? t('benefits.held.left', { count: times }) : t('benefits.held.leftUntil', { count: times, when: format.date(leftUntil) });
  return (
    <Table<MemberBenefits['has'][number]>
      rowKey="benefitId"
      size="small"
      dataSource={has}
      pagination={false}
      scroll={{ x: 'max-content' }}
      columns={[
        { key: 'name', title: t('benefits.column.name'), render: (_, { name, notes }) => <><div>{name}</div>{notes !== '' && <Remark>{notes}</Remark>}</> },
        { key: 'sentence', title: t('benefits.column.sentence'), render: (_, { sentence }) => sentence },
        { key: 'left', title: t('benefits.held.uses'), render: (_, held) => left(held) },
        { key: 'use', title: '', render: (_, { benefitId, kind, name, left: times }) => !isGiven(kind) && (times !== null || kind === 'free_shipping') && <NoteUse customerNo={customerNo} benefitId={benefitId} name={name} canUse={times !== 0} /> },
      ]}
    />
  );
}

function NextTier({ next }: { next: NonNullable<MemberBenefits['next']> }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  return (
    <Section title={t('benefits.next.title')}>
      <Stack>
        <TierBadge tier={next} />
        <Sentence>{next.missing === 0 ? t('benefits.next.reached') : t(next.by === null ? 'benefits.next.missing' : 'benefits.next.missingBy', { shown: format.number(next.missing), when: next.by === null ? '' : format.date(next.by) })}</Sentence>
        {next.benefits.length > 0 && <ul>{next.benefits.map(({ benefitId, name, sentence }) => <li key={benefitId}>{t('benefits.next.brings', { name, sentence })}</li>)}</ul>}
      </Stack>
    </Section>
  );
}

function GrantTable({ customerNo, grants }: { customerNo: number; grants: ShownGrant[] }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  return (
    <Table<ShownGrant>
      rowKey="grantNo"
      size="small"
      dataSource={grants}
      pagination={grants.length > 10 ? { pageSize: 10 } : false}
      scroll={{ x: 'max-content' }}
      columns={[
        { key: 'grantedAt', title: t('benefits.grant.grantedAt'), render: (_, { grantedAt }) => format.dateTime(grantedAt) },
        { key: 'benefit', title: t('benefits.column.name'), render: (_, { benefit }) => benefit },
        { key: 'gifts', title: t('benefits.grant.gifts'), render: (_, { gifts }) => gifts.map((gift, i) => <div key={i}>{gift.sentence} {gift.codes.map((code) => <Typography.Text code copyable key={code}>{code}</Typography.Text>)}{gift.refusal !== null && <Typography.Text type="danger">{gift.refusal}</Typography.Text>}</div>) },
        { key: 'state', title: t('benefits.grant.state'), render: (_, grant) => <GrantState state={grant.state} /> },
        { key: 'sentence', title: t('benefits.grant.sentence'), render: (_, { sentence }) => sentence },
        { key: 'expiresAt', title: t('benefits.grant.expiresAt'), render: (_, { expiresAt }) => (expiresAt === null ? t('points.lot.never') : format.date(expiresAt)) },
        { key: 'use', title: '', render: (_, { benefitId, grantNo, benefit, state }) => <NoteUse customerNo={customerNo} benefitId={benefitId} grantNo={grantNo} name={benefit} canUse={state === 'given'} /> },
      ]}
    />
  );
}
