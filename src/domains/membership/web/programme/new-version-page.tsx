import { useTranslation } from 'react-i18next';
import { Button, PageHeader, Section, Stack, useAction, useEndpoint, useNavigateTo } from '../../../../web/kit.ts';
import { createDraft, listVersions, readProgramme } from '../../contract.ts';
import { Templates } from './templates.tsx';

/** Where a new version begins: with what is in force, or with a ready-made one. */
export default function NewVersionPage() {
  const { t } = useTranslation('membership');
  const navigate = useNavigateTo();
  const programme = useEndpoint(readProgramme);
  const definition = programme.data?.definition;
  const begin = useAction(createDraft, { invalidates: [listVersions, readProgramme], onSuccess: ({ versionNo }) => navigate(`/members/programme/${versionNo}/edit`) });
  return (
    <Stack>
      <PageHeader title={t('design.newTitle')} subtitle={t('design.newSubtitle')} breadcrumbs={[{ label: t('design.title'), to: '/members/programme' }]} />
      {definition && (
        <Section title={t('design.fromCurrent')}>
          <Stack>
            <span>{t('design.fromCurrentHint')}</span>
            <div><Button type="primary" loading={begin.isPending} onClick={() => begin.mutate({ body: { definition: { ...definition, removedTiers: {} } } })}>{t('design.fromCurrentUse')}</Button></div>
          </Stack>
        </Section>
      )}
      <Templates />
    </Stack>
  );
}
