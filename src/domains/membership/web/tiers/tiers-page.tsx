import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { PageHeader, SegmentedControl, Stack, useSearchState } from '../../../../web/kit.ts';
import { BoardSection } from './board-section.tsx';
import { GrantsSection } from './grants-section.tsx';
import { MovementSection } from './movement-section.tsx';
import { ReviewSection } from './review-section.tsx';

const tabs = ['board', 'review', 'movement', 'grants'] as const;
const parts = { board: BoardSection, review: ReviewSection, movement: MovementSection, grants: GrantsSection };
const chosen = z.object({ tab: z.enum(tabs).catch('board').default('board') });

/** Who is about to move between tiers, who did, and what has to be decided about it. */
export default function TiersPage() {
  const { t } = useTranslation('membership');
  const [{ tab }, change] = useSearchState(chosen);
  const Part = parts[tab];
  return (
    <Stack>
      <PageHeader title={t('tiers.title')} subtitle={t('tiers.subtitle')} />
      <SegmentedControl label={t('tiers.title')} value={tab} options={tabs.map((value) => ({ value, label: t(`tiers.tab.${value}`) }))} onChange={(value) => change({ tab: value })} />
      <Part />
    </Stack>
  );
}
