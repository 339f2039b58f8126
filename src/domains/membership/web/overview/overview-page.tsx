import { useTranslation } from 'react-i18next';
import { Button, EmptyState, Loaded, PageHeader, Stack, useEndpoint, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { readMembersOverview } from '../../contract.ts';
import { Overview } from './overview.tsx';
import { ValueSection } from './value-section.tsx';

const renewMs = 60_000;
/** While numbers are added up for the first time. */
const soonMs = 3_000;

/** Where each of them is done about. */
const next = {
  programme: { to: '/members/programme', label: 'toProgramme' },
  members: { to: '/members', label: 'toMembers' },
  sums: null,
};

/** Members, their tiers and their points: how many there are, how that came, and what is owed for it. */
export default function MembersOverviewPage() {
  const { t } = useTranslation('membership');
  const navigate = useNavigateTo();
  const mayAsk = useMay('insights.read');
  const found = useEndpoint(readMembersOverview, {}, { refreshMs: (reply) => (reply?.waitsFor ? soonMs : renewMs) });
  return (
    <Stack>
      <PageHeader title={t('overview.title')} subtitle={t('overview.subtitle')} />
      <Loaded from={found}>
        {({ overview, waitsFor }) => {
          if (overview) return <Overview overview={overview} value={mayAsk ? <ValueSection /> : null} />;
          const step = next[waitsFor ?? 'sums'];
          return (
            <EmptyState title={t(`overview.waits.${waitsFor ?? 'sums'}`)} hint={t(`overview.waits.${waitsFor ?? 'sums'}Hint`)}
              {...(step ? { action: <Button type="primary" onClick={() => navigate(step.to)}>{t(`overview.${step.label}`)}</Button> } : {})} />
          );
        }}
      </Loaded>
    </Stack>
  );
}
