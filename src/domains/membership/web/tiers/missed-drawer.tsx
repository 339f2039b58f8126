import { useTranslation } from 'react-i18next';
import { DataTable, Drawer, Grid, Sentence, Stack, useFormat, useMay } from '../../../../web/kit.ts';
import { listTierPeople, type TierReview } from '../../contract.ts';
import { KeepButton } from './keep-button.tsx';
import { useTierColumns } from './use-tier-columns.tsx';

/** Who would miss their tier by a day as things stand, by name. */
export function MissedDrawer({ of, until, onClose }: { of: TierReview['tiers'][number] | null; until: string; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const columns = useTierColumns('falling');
  const mayOpen = useMay('customers.read');
  const isWide = Grid.useBreakpoint().md;
  const asked = of && { group: 'falling' as const, tier: of.tier.key, until };
  return (
    <Drawer open={of !== null} title={t('tiers.review.missedTitle', { tier: of?.tier.name })} onClose={onClose} size={isWide ? 720 : '100%'} destroyOnHidden>
      {of && asked && (
        <Stack>
          <Sentence>{t('tiers.review.missedSentence', { count: of.missed, shown: format.number(of.missed), tier: of.tier.name, day: format.date(until) })}</Sentence>
          <DataTable
            endpoint={listTierPeople}
            query={asked}
            prefix="missed"
            columns={columns.filter(({ key }) => key !== 'tier')}
            rowKey={(row) => row.customerNo}
            rowLink={mayOpen ? (row) => `/users/${row.customerNo}?tab=tier` : undefined}
            extra={<KeepButton asked={asked} size={of.missed} />}
          />
        </Stack>
      )}
    </Drawer>
  );
}
