import { useTranslation } from 'react-i18next';
import { Button, type Column, ComputedAt, DataTable, EmptyState, Link, Loaded, PageHeader, Section, Sentence, Stack, Typography, useEndpoint, useFormat, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { CrownOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import { listVersions, readProgramme, type ShownVersion } from '../../contract.ts';
import { PauseButton, PauseNotice } from './pause-section.tsx';
import { SaysSection } from './says-section.tsx';
import { Templates } from './templates.tsx';
import { TierLadder } from './tier-ladder.tsx';
import { VersionTag } from './version-tag.tsx';
import { useWho } from '../use-who.ts';

/** Until the people of each tier are counted. */
const countingMs = 2_000;

/** What the brand promises its members: what holds now, what comes, and what was. */
export default function ProgrammePage() {
  const { t } = useTranslation('membership');
  const navigate = useNavigateTo();
  const mayDesign = useMay('membership.design');
  const programme = useEndpoint(readProgramme, {}, { refreshMs: (reply) => (reply?.held === null ? countingMs : false) });
  const isEmpty = programme.data?.current === null && programme.data.coming.length === 0;
  const actions = mayDesign && !isEmpty && (
    <>
      {programme.data?.current && <PauseButton />}
      <Button type="primary" icon={<PlusOutlined />} onClick={() => navigate('/members/programme/new')}>{t('design.new')}</Button>
    </>
  );
  return (
    <Stack>
      <PageHeader title={t('design.title')} subtitle={t('design.subtitle')} actions={actions} />
      <Loaded from={programme}>
        {(found) => (
          <>
            <PauseNotice pauses={found.pauses} />
            {found.coming.map((version) => <ComingNotice key={version.versionNo} version={version} />)}
            {isEmpty && <EmptyState icon={<CrownOutlined />} title={t('design.empty')} hint={t('design.emptyHint')} />}
            {isEmpty && mayDesign && <Templates />}
            {found.current && found.definition && <Current {...found} current={found.current} definition={found.definition} />}
          </>
        )}
      </Loaded>
      <Typography.Title level={5}>{t('design.history')}</Typography.Title>
      <Versions />
    </Stack>
  );
}

/** A version that begins soon, or waits for a second person. */
function ComingNotice({ version: { versionNo, phase, startsOn, publishedBy } }: { version: ShownVersion }) {
  const { t } = useTranslation('membership');
  const who = useWho();
  const format = useFormat();
  return (
    <Section>
      <VersionTag phase={phase} /> <Link to={`/members/programme/${versionNo}`}>{t(`design.comes_${phase}`, { no: versionNo, day: format.date(startsOn), who: publishedBy && who(publishedBy) })}</Link>
    </Section>
  );
}

function Current({ current, definition, sentences, held, computedAt }: { current: ShownVersion; definition: Parameters<typeof TierLadder>[0]['definition']; sentences: Parameters<typeof SaysSection>[0]['sentences']; held: Record<string, number> | null; computedAt: string }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  return (
    <>
      <Section title={t('design.tiersNow')} extra={<ComputedAt at={computedAt} />}>
        <Stack>
          <Sentence>{t('design.inForce', { no: current.versionNo, day: format.date(current.startsOn) })} <Link to={`/members/programme/${current.versionNo}`}>{t('design.details')}</Link></Sentence>
          <TierLadder definition={definition} held={held} />
        </Stack>
      </Section>
      <SaysSection sentences={sentences} />
    </>
  );
}

function Versions() {
  const { t } = useTranslation('membership');
  const who = useWho();
  const format = useFormat();
  const columns: Column<ShownVersion>[] = [
    { key: 'version', title: t('design.column.version'), render: ({ versionNo, note }) => <>{t('design.versionNo', { no: versionNo })}{note && ` · ${note}`}</> },
    { key: 'phase', title: t('design.column.phase'), render: ({ phase }) => <VersionTag phase={phase} /> },
    { key: 'period', title: t('design.column.period'), render: ({ startsOn, endsOn }) => (startsOn === null ? '–' : endsOn === null ? t('design.since', { day: format.date(startsOn) }) : `${format.date(startsOn)} – ${format.date(endsOn)}`) },
    { key: 'published', title: t('design.column.published'), render: ({ publishedBy, approvedBy }) => [publishedBy && who(publishedBy), approvedBy && t('design.approvedBy', { who: approvedBy })].filter(Boolean).join(' · ') || '–' },
    { key: 'edited', title: t('design.column.edited'), render: ({ editedBy, editedAt }) => `${who(editedBy)} · ${format.dateTime(editedAt)}` },
  ];
  return <DataTable endpoint={listVersions} columns={columns} rowKey={({ versionNo }) => versionNo} rowLink={({ versionNo }) => `/members/programme/${versionNo}`} empty={<EmptyState title={t('design.noVersions')} />} />;
}
