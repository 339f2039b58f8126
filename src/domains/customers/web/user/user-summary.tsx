import { useTranslation } from 'react-i18next';
import { DescriptionList, Masked, Section, Stack, StatGrid, StatTile, useFormat } from '../../../../web/kit.ts';
import type { ShownProfile } from '../../contract.ts';
import { TagEditor } from './tag-editor.tsx';
import { useFactText } from './use-fact-text.ts';
import { useRevelation } from './use-revelation.ts';

/** The head of the page: how to reach them, how they came, what they are worth, their tags. */
export function UserSummary({ profile }: { profile: ShownProfile }) {
  const { t } = useTranslation();
  const format = useFormat();
  const factText = useFactText();
  const reveal = useRevelation(profile.customerNo);
  const contacts = (['phone', 'email'] as const).flatMap((kind) => {
    const held = profile.identifiers.find((identifier) => identifier.kind === kind);
    const onReveal = held && reveal && (async () => (await reveal()).identifiers.find(({ id }) => id === held.id)?.value ?? held.masked);
    return held ? [{ label: t(`customers:kind.${kind}`), value: <Masked value={held.masked} onReveal={onReveal} /> }] : [];
  });
  const name = profile.name !== null && { label: t('customers:field.name'), value: <Masked value={profile.name} onReveal={reveal && (async () => (await reveal()).name ?? '')} /> };
  return (
    <Stack>
      <Section>
        <Stack>
          <DescriptionList
            items={[
              ...(name ? [name] : []),
              ...contacts,
              { label: t('customers:user.firstSeen'), value: format.date(profile.firstSeenAt) },
              { label: t('customers:user.origin'), value: profile.channel },
              ...(profile.firstKnownBy ? [{ label: t('customers:user.firstKnownBy'), value: t(`customers:kind.${profile.firstKnownBy}`) }] : []),
              ...(profile.importId ? [{ label: t('customers:user.import'), value: t('customers:user.importNo', { no: profile.importId }) }] : []),
            ]}
          />
          <TagEditor profile={profile} />
        </Stack>
      </Section>
      {profile.figures.length > 0 && (
        <StatGrid computedAt={profile.figures[0]?.computedAt}>
          {profile.figures.map((figure) => (
            <StatTile key={figure.label} label={t(figure.label)} value={figure.value === null ? '–' : factText(figure.value, figure.unit)} />
          ))}
        </StatGrid>
      )}
    </Stack>
  );
}
