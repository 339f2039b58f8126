import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Alert, Button, Card, ComputedAt, DataTable, EmptyState, Flex, InputNumber, Link, Loaded, Section, Stack, StatGrid, Typography, useEndpoint, useFormat, useMay, useSearchState } from '../../../../web/kit.ts';
import { listTierPeople, readTierBoard, type TierBoard, type TierGroup, tierGroups } from '../../contract.ts';
import { TierBadge } from '../members/tier-badge.tsx';
import { KeepButton } from './keep-button.tsx';
import { useTierColumns } from './use-tier-columns.tsx';

const asked = z.object({
  group: z.enum(tierGroups).catch('near').default('near'),
  share: z.coerce.number().int().min(1).max(30).catch(10).default(10),
  days: z.coerce.number().int().min(1).max(366).catch(30).default(30),
});

/** Who is about to rise or to fall: counts, the people, and an audience of them. */
export function BoardSection() {
  const { t } = useTranslation('membership');
  const [{ group, share, days }, change] = useSearchState(asked);
  const board = useEndpoint(readTierBoard, { query: { share, days } });
  const columns = useTierColumns(group);
  const mayOpen = useMay('customers.read');
  return (
    <Loaded from={board}>
      {(shown) => (shown.review === null
        ? <EmptyState title={t('tiers.noProgramme')} hint={t('tiers.noProgrammeHint')} action={<Link to="/members/programme">{t('navigation.programme')}</Link>} />
        : (
          <Stack>
            {shown.isPaused && <Alert type="warning" showIcon title={t('tiers.paused')} />}
            <Flex gap={16} wrap>
              <label>{t('tiers.share')} <InputNumber min={1} max={30} precision={0} suffix="%" value={share} onChange={(value) => change({ share: value ?? 10 })} /></label>
              <label>{t('tiers.days')} <InputNumber min={1} max={366} precision={0} value={days} onChange={(value) => change({ days: value ?? 30 })} /></label>
            </Flex>
            <Groups board={shown} group={group} share={share} days={days} onPick={(next) => change({ group: next })} />
            <DataTable
              endpoint={listTierPeople}
              query={{ group, share, days }}
              prefix="people"
              columns={columns}
              rowKey={(row) => row.customerNo}
              rowLink={mayOpen ? (row) => `/users/${row.customerNo}?tab=tier` : undefined}
              extra={<KeepButton asked={{ group, share, days }} size={shown.groups[group]} />}
              empty={<EmptyState title={t('tiers.nobody')} hint={t('tiers.nobodyHint')} />}
            />
            <MakeUp board={shown} />
            <ComputedAt at={shown.computedAt} />
          </Stack>
        ))}
    </Loaded>
  );
}

function Groups({ board, group, share, days, onPick }: { board: TierBoard; group: TierGroup; share: number; days: number; onPick: (group: TierGroup) => void }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  return (
    <StatGrid>
      {tierGroups.map((key) => (
        <Card key={key} size="small" style={key === group ? { borderColor: 'var(--ant-color-primary)' } : undefined}>
          <Button type="text" block style={{ height: 'auto', padding: 0, textAlign: 'start', justifyContent: 'flex-start', whiteSpace: 'normal' }} aria-pressed={key === group} onClick={() => onPick(key)}>
            <Flex vertical align="flex-start">
              <Typography.Text strong={key === group}>{t(`tiers.group.${key}`)}</Typography.Text>
              <Typography.Title level={3} style={{ margin: 0 }}>{format.number(board.groups[key])}</Typography.Title>
              <Typography.Text type="secondary">{t(`tiers.hint.${key}`, { share, days })}</Typography.Text>
            </Flex>
          </Button>
        </Card>
      ))}
    </StatGrid>
  );
}

function MakeUp({ board }: { board: TierBoard }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  return (
    <Section title={t('tiers.makeUp')}>
      <Flex gap={24} wrap>
        {board.tiers.map(({ tier, members }) => <span key={tier.key}><TierBadge tier={tier} /> <Typography.Text strong>{format.number(members)}</Typography.Text> {t('tiers.people')}</span>)}
      </Flex>
      {board.closedDay !== null && <Typography.Paragraph type="secondary" style={{ marginBlock: '8px 0' }}>{t('tiers.closed', { day: format.date(board.closedDay) })}</Typography.Paragraph>}
    </Section>
  );
}
