import { useTranslation } from 'react-i18next';
import { EmptyState, Link, Section, Stack } from '../../../../web/kit.ts';
import type { ShownAudience } from '../../contract.ts';

/** What is built on this audience, and would change with it. */
export function UsesTab({ audience }: { audience: ShownAudience }) {
  const { t } = useTranslation('audiences');
  if (audience.usedBy.length === 0) return <EmptyState title={t('web.uses.none')} hint={t('web.uses.noneHint')} />;
  return (
    <Section title={t('web.uses.title')}>
      <Stack>
        {audience.usedBy.map(({ audienceId, name }) => <Link key={audienceId} to={`/users/audiences/${audienceId}`}>{name}</Link>)}
      </Stack>
    </Section>
  );
}
