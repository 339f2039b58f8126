import { useTranslation } from 'react-i18next';
import { Alert, DetailLayout, Loaded, Stack, useEndpoint, useFormat, useMay, usePathParam } from '../../../../web/kit.ts';
import { readAudience, type ShownAudience } from '../../contract.ts';
import { DeliveriesTab } from '../deliver/deliveries-tab.tsx';
import { StoppedDeliveries } from '../deliver/stopped-deliveries.tsx';
import { AudienceHeader } from './audience-header.tsx';
import { AudienceSummary } from './audience-summary.tsx';
import { ExpandTab } from './expansion/expand-tab.tsx';
import { OriginNote } from './expansion/origin-note.tsx';
import { HistoryTab } from './history-tab.tsx';
import { MakeUpTab } from '../make-up/make-up-tab.tsx';
import { MembersTab } from './members-tab.tsx';
import { RulesTab } from './rules-tab.tsx';
import { UsesTab } from './uses-tab.tsx';

const refreshMs = 10_000;

/** One audience: who it is, how it moves, who is in it and who was. */
export default function AudiencePage() {
  const audienceId = Number(usePathParam('audienceId'));
  const audience = useEndpoint(readAudience, { params: { audienceId } }, { refreshMs });
  return <Loaded from={audience}>{(shown) => <Audience audience={shown} />}</Loaded>;
}

function Audience({ audience }: { audience: ShownAudience }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const mayExport = useMay('audiences.export');
  return (
    <DetailLayout
      header={<AudienceHeader audience={audience} />}
      summary={
        <Stack>
          {audience.trouble !== null && <Alert type="error" showIcon title={t('web.detail.trouble')} description={audience.trouble} />}
          {audience.archivedAt !== null && <Alert type="warning" showIcon title={t('web.detail.archived', { when: format.date(audience.archivedAt) })} />}
          <StoppedDeliveries audienceId={audience.audienceId} />
          {audience.origin !== null && <OriginNote origin={audience.origin} />}
          <AudienceSummary audience={audience} />
        </Stack>
      }
      tabs={[
        { key: 'history', label: t('web.detail.tab.history'), content: <HistoryTab audience={audience} /> },
        { key: 'members', label: t('web.detail.tab.members'), content: <MembersTab audience={audience} /> },
        { key: 'makeUp', label: t('makeUp.tab'), content: <MakeUpTab audience={audience} /> },
        { key: 'expand', label: t('expansion.tab'), content: <ExpandTab audience={audience} /> },
        ...(audience.origin === null ? [{ key: 'rules', label: t('web.detail.tab.rules'), content: <RulesTab audience={audience} /> }] : []),
        ...(mayExport ? [{ key: 'deliveries', label: t('deliver.tab'), content: <DeliveriesTab audience={audience} /> }] : []),
        { key: 'uses', label: t('web.detail.tab.uses', { count: audience.usedBy.length }), content: <UsesTab audience={audience} /> },
      ]}
    />
  );
}
