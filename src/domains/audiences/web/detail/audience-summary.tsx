import { useTranslation } from 'react-i18next';
import { DescriptionList, Section, Sentence, Stack, StatGrid, StatTile, useFormat } from '../../../../web/kit.ts';
import type { ShownAudience } from '../../contract.ts';

/** How large it is, how it moved today, and who is meant, in words. */
export function AudienceSummary({ audience }: { audience: ShownAudience }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const computed = audience.freshAt === null ? {} : { computedAt: audience.freshAt };
  return (
    <Stack>
      <StatGrid>
        <StatTile label={t('web.detail.size')} value={format.number(audience.size)} unit={t('web.count.people')} {...computed} />
        <StatTile label={t('web.detail.entered')} definition={t('web.detail.todayMeans')} value={format.number(audience.enteredToday)} unit={t('web.count.people')} />
        <StatTile label={t('web.detail.left')} definition={t('web.detail.todayMeans')} value={format.number(audience.leftToday)} unit={t('web.count.people')} />
      </StatGrid>
      <Section title={t('web.detail.who')}>
        <Stack>
          <Sentence>{audience.sentence}</Sentence>
          <DescriptionList
            items={[
              { label: t('web.save.reason'), value: audience.reason || null },
              { label: t('web.list.column.owner'), value: audience.owner },
              { label: t('web.detail.createdAt'), value: format.dateTime(audience.createdAt) },
              { label: t('web.list.column.updatedAt'), value: format.dateTime(audience.updatedAt) },
            ]}
          />
        </Stack>
      </Section>
    </Stack>
  );
}
