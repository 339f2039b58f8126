import { useTranslation } from 'react-i18next';
import { Columns, ComputedAt, currentLocale, DescriptionList, EmptyState, type Format, Link, Masked, Section, Stack, useFormat } from '../../../../web/kit.ts';
import type { ShownProfile } from '../../contract.ts';
import { Duplicates } from './duplicates.tsx';
import { useRevelation } from './use-revelation.ts';

const moment = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/;

/** A value that is a moment is written as one, in the brand's time. */
function shownValue(value: ShownProfile['attributes'][string], format: Format): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'string' && moment.test(value) ? format.dateTime(value) : String(value);
}

/** A language by its name for the reader, as it stands where it is none. */
function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(currentLocale(), { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** What is known of a person beyond how to reach them. */
export function OverviewTab({ profile }: { profile: ShownProfile }) {
  const { t } = useTranslation('customers');
  const format = useFormat();
  const reveal = useRevelation(profile.customerNo);
  const attributes = Object.entries(profile.attributes);
  const personal = Object.entries(profile.personal);
  const onReveal = (key: string, masked: string) => reveal && (async () => (await reveal()).personal[key] ?? masked);
  const absorbed = profile.lineage.slice(1);
  return (
    <Stack>
      <Duplicates profile={profile} />
      <Columns>
        <Section title={t('user.profile')}>
          <DescriptionList
            columns={2}
            items={[
              { label: t('field.gender'), value: profile.gender && t(`gender.${profile.gender}`) },
              { label: t('field.birthDate'), value: format.date(profile.birthDate) },
              { label: t('field.country'), value: profile.country },
              { label: t('field.province'), value: profile.province },
              { label: t('field.city'), value: profile.city },
              { label: t('field.language'), value: profile.language && languageName(profile.language) },
            ]}
          />
        </Section>
        <Section title={t('user.attributes')}>
          {attributes.length === 0 ? <EmptyState title={t('user.noAttributes')} /> : <DescriptionList columns={2} items={attributes.map(([label, value]) => ({ label, value: shownValue(value, format) }))} />}
        </Section>
        {personal.length > 0 && (
          <Section title={t('user.personal')}>
            <DescriptionList columns={2} items={personal.map(([key, masked]) => ({ label: t(`kind.${key}`, { defaultValue: key }), value: <Masked value={masked} onReveal={onReveal(key, masked)} /> }))} />
          </Section>
        )}
      </Columns>
      {absorbed.length > 0 && (
        <Section title={t('user.lineage')} extra={<Link to={`/users/${profile.customerNo}?tab=history`}>{t('user.tab.history')}</Link>}>
          {absorbed.map((no) => t('user.title', { no })).join(' · ')}
        </Section>
      )}
      <ComputedAt at={profile.computedAt} />
    </Stack>
  );
}
