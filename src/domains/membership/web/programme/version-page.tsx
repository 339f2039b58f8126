import { useTranslation } from 'react-i18next';
import { Alert, DescriptionList, Loaded, PageHeader, Section, Stack, useEndpoint, useFormat, usePathParam } from '../../../../web/kit.ts';
import { readVersion } from '../../contract.ts';
import { ChangesSection } from './changes-section.tsx';
import { FindingList } from './finding-list.tsx';
import { SaysSection } from './says-section.tsx';
import { TierLadder } from './tier-ladder.tsx';
import { VersionActions } from './version-actions.tsx';
import { VersionTag } from './version-tag.tsx';
import { useWho } from '../use-who.ts';

/** One version: what it says, what it changes, and who did what with it. */
export default function VersionPage() {
  const { t } = useTranslation('membership');
  const who = useWho();
  const format = useFormat();
  const version = useEndpoint(readVersion, { params: { versionNo: Number(usePathParam('versionNo')) } });
  return (
    <Loaded from={version}>
      {(found) => (
        <Stack>
          <PageHeader
            title={t('design.versionNo', { no: found.versionNo })}
            subtitle={<><VersionTag phase={found.phase} /> {found.note}</>}
            breadcrumbs={[{ label: t('design.title'), to: '/members/programme' }]}
            actions={<VersionActions version={found} />}
          />
          {found.phase === 'waiting' && <Alert type="warning" showIcon title={t(found.mayDecide ? 'design.yourTurn' : 'design.waitsForSecond', { who: found.publishedBy })} />}
          <Section>
            <DescriptionList
              items={[
                { label: t('design.startsOn'), value: format.date(found.startsOn) },
                { label: t('design.endsOn'), value: format.date(found.endsOn) },
                { label: t('design.column.edited'), value: `${who(found.editedBy)} · ${format.dateTime(found.editedAt)}` },
                { label: t('design.column.published'), value: found.publishedBy && who(found.publishedBy) },
                { label: t('design.approved'), value: found.approvedBy },
                ...(found.reason ? [{ label: t('design.reason'), value: found.reason }] : []),
              ]}
            />
          </Section>
          {found.findings.length > 0 && <Section title={t('design.findings')}><FindingList findings={found.findings} /></Section>}
          <Section title={t('design.tiers')}><TierLadder definition={found.definition} /></Section>
          {found.changesFrom !== null && <ChangesSection versionNo={found.versionNo} from={found.changesFrom} />}
          <SaysSection sentences={found.sentences} />
        </Stack>
      )}
    </Loaded>
  );
}
