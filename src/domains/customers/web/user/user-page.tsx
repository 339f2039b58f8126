import { lazy, Suspense, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, DetailLayout, type DetailTab, Loaded, PageSkeleton, useEndpoint, usePathParam, useSession } from '../../../../web/kit.ts';
import { readCustomer, registeredUserTabs, type ShownProfile, type UserTab } from '../../contract.ts';
import { ConsentTab } from './consent-tab.tsx';
import { HistoryTab } from './history-tab.tsx';
import { IdentifiersTab } from './identifiers-tab.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { TimelineTab } from './timeline-tab.tsx';
import { UserHeader } from './user-header.tsx';
import { UserSummary } from './user-summary.tsx';

/** One person: who they are, and everything that happened. */
export default function UserPage() {
  const customerNo = Number(usePathParam('customerNo'));
  const customer = useEndpoint(readCustomer, { params: { customerNo } });
  return <Loaded from={customer}>{(profile) => <User profile={profile} askedNo={customerNo} />}</Loaded>;
}

function User({ profile, askedNo }: { profile: ShownProfile; askedNo: number }) {
  const { t } = useTranslation('customers');
  const others = useRegisteredTabs(profile);
  return (
    <DetailLayout
      header={<UserHeader profile={profile} />}
      summary={
        <>
          {askedNo !== profile.customerNo && <Alert type="info" showIcon title={t('user.isPartOf', { absorbedNo: askedNo })} />}
          <UserSummary profile={profile} />
        </>
      }
      tabs={[
        { key: 'overview', label: t('user.tab.overview'), content: <OverviewTab profile={profile} /> },
        { key: 'timeline', label: t('user.tab.timeline'), content: <TimelineTab customerNo={profile.customerNo} /> },
        ...others,
        { key: 'consent', label: t('user.tab.consent'), content: <ConsentTab profile={profile} /> },
        { key: 'identifiers', label: t('user.tab.identifiers'), content: <IdentifiersTab profile={profile} /> },
        { key: 'history', label: t('user.tab.history'), content: <HistoryTab profile={profile} /> },
      ]}
    />
  );
}

/** What other domains show of a person, loaded when it is opened. */
function useRegisteredTabs({ customerNo, lineage }: ShownProfile): DetailTab[] {
  const { t } = useTranslation();
  const { permissions } = useSession();
  const loaded = useMemo(() => registeredUserTabs().map((tab: UserTab) => ({ ...tab, Content: lazy(tab.component) })), []);
  return loaded
    .filter(({ permission }) => permission === undefined || permissions.includes(permission))
    .map(({ key, label, Content }) => ({
      key,
      label: t(label),
      content: <Suspense fallback={<PageSkeleton />}><Content customerNo={customerNo} lineage={lineage} /></Suspense>,
    }));
}
