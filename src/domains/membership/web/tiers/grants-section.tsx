import { useTranslation } from 'react-i18next';
import { Button, DataTable, EmptyState, Flex, Tag, useAction, useFormat, useMay } from '../../../../web/kit.ts';
import { decideTierGrant, endTierGrant, listTierGrants, readTierBoard, readTierOf, type TierGrant } from '../../contract.ts';
import { TierBadge } from '../members/tier-badge.tsx';
import { useMemberName } from '../use-member-name.ts';

const invalidates = [listTierGrants, readTierOf, readTierBoard];
const colors = { waiting: 'warning', refused: 'default', coming: 'processing', active: 'success', ended: 'default' } as const;

/** Tiers given by hand: what waits for a second person, what holds and what is over. */
export function GrantsSection({ customerNo }: { customerNo?: number }) {
  const { t } = useTranslation('membership');
  const nameOf = useMemberName();
  const format = useFormat();
  const mayOpen = useMay('customers.read');
  const title = (key: string): { key: string; title: string } => ({ key, title: t(`tiers.column.${key}`) });
  return (
    <DataTable
      endpoint={listTierGrants}
      query={customerNo === undefined ? {} : { customerNo }}
      prefix="grants"
      rowKey={(row) => row.grantNo}
      rowLink={mayOpen && customerNo === undefined ? (row) => `/users/${row.customerNo}?tab=tier` : undefined}
      columns={[
        { ...title('state'), render: ({ state }) => <Tag color={colors[state]}>{t(`tiers.grant.state.${state}`)}</Tag> },
        ...(customerNo === undefined ? [{ ...title('member'), render: nameOf }] : []),
        { ...title('tier'), render: ({ tier }) => <TierBadge tier={tier} /> },
        { ...title('period'), render: ({ startsAt, endsAt }) => `${format.date(startsAt)} – ${endsAt === null ? t('tiers.grant.open') : format.date(new Date(Date.parse(endsAt) - 1).toISOString())}` },
        { ...title('reason'), render: ({ reason }) => reason },
        { ...title('asked'), render: ({ askedBy, askedAt }) => `${askedBy} · ${format.date(askedAt)}` },
        { ...title('approved'), render: ({ approvedBy }) => approvedBy ?? '' },
        { key: 'decide', title: '', render: (row) => <Decisions grant={row} /> },
      ]}
      empty={<EmptyState title={t('tiers.grant.none')} hint={t('tiers.grant.noneHint')} />}
    />
  );
}

function Decisions({ grant: { grantNo, state } }: { grant: TierGrant }) {
  const { t } = useTranslation('membership');
  const mayApprove = useMay('membership.approve');
  const mayEnd = useMay('membership.grant');
  const decide = useAction(decideTierGrant, { invalidates });
  const end = useAction(endTierGrant, { invalidates });
  const button = (label: string, act: () => void) => <Button type="link" size="small" loading={decide.isPending || end.isPending} onClick={act}>{label}</Button>;
  return (
    <Flex wrap>
      {state === 'waiting' && mayApprove && button(t('tiers.grant.approve'), () => decide.mutate({ params: { grantNo }, body: { isApproved: true } }))}
      {state === 'waiting' && mayApprove && button(t('tiers.grant.refuse'), () => decide.mutate({ params: { grantNo }, body: { isApproved: false } }))}
      {(state === 'active' || state === 'coming') && mayEnd && button(t('tiers.grant.end'), () => end.mutate({ params: { grantNo }, body: { reason: t('tiers.grant.end') } }))}
    </Flex>
  );
}
