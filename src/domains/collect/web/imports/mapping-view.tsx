import { useTranslation } from 'react-i18next';
import { DescriptionList, Section, Stack } from '../../../../web/kit.ts';
import { type Mapping, ownSource } from '../../mapping/mapping.ts';

/** What the columns of a file meant, to be read. */
export function MappingView({ mapping }: { mapping: Mapping }) {
  const { t } = useTranslation('collect');
  return (
    <Stack>
      <Section title={t('imports.map.columnHeading')}>
        <DescriptionList
          items={mapping.columns.map((one) => ({
            label: one.column,
            value: [t(`imports.field.${one.field}`), one.attribute?.name, one.consent && `${t(`imports.consentChannel.${one.consent.channel}`)} · ${t(`imports.consentPurpose.${one.consent.purpose}`)}`].filter(Boolean).join(' · '),
          }))}
        />
      </Section>
      <Section title={t('imports.map.settings')}>
        <DescriptionList
          items={[
            { label: t('imports.rule.source'), value: mapping.source === ownSource ? t('imports.rule.sourceOwn') : mapping.source },
            ...(mapping.openIdsOf === undefined ? [] : [{ label: t('imports.rule.openIdsOf'), value: mapping.openIdsOf }]),
            { label: t('imports.rule.timeZone'), value: mapping.timeZone },
            { label: t('imports.rule.dateOrder'), value: t(`imports.rule.${mapping.dateOrder}`) },
            { label: t('imports.rule.currency'), value: mapping.currency },
            { label: t('imports.rule.duplicates'), value: t(mapping.duplicates === 'keep' ? 'imports.rule.keepRepeats' : 'imports.rule.skipRepeats') },
          ]}
        />
      </Section>
    </Stack>
  );
}
