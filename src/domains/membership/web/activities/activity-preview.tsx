import { useTranslation } from 'react-i18next';
import { locales } from '../../../../kernel/locale.ts';
import { Alert, currentLocale, Flex, languageNames, Loaded, Section, Stack, Table, Tag, Typography, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type ActivityDefinition, activityDefinition, nameIn, previewActivity } from '../../contract.ts';

/** What is set so far, as members will read it, and what is wrong with it. */
export function ActivityPreview({ wanted }: { wanted: ActivityDefinition }) {
  const { t } = useTranslation('membership');
  const parsed = activityDefinition.safeParse(wanted);
  if (!parsed.success) return <Section title={t('activities.preview')}><Typography.Text type="secondary">{t('activities.incomplete')}</Typography.Text></Section>;
  return <Preview definition={parsed.data} />;
}

function Preview({ definition }: { definition: ActivityDefinition }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const preview = useEndpoint(previewActivity, { body: { definition } });
  return (
    <Loaded from={preview}>
      {({ sentences, checks, days, odds, expected }) => (
        <Stack>
          <Section title={t('activities.preview')}>
            <Stack>{locales.map((locale) => <div key={locale} lang={locale}><Typography.Text type="secondary">{languageNames[locale]}</Typography.Text><div>{sentences[locale]}</div></div>)}</Stack>
          </Section>
          {checks.length > 0 && (
            <Section title={t('activities.checks')}>
              <Stack>{checks.map(({ level, text, path }) => <Alert key={`${path} ${text}`} type={level} showIcon title={text} />)}</Stack>
            </Section>
          )}
          {days.length > 0 && <Section title={t('activities.nextDays')}><Flex gap="small" wrap>{days.map((day) => <Tag key={day}>{format.date(day)}</Tag>)}</Flex></Section>}
          {odds.length > 0 && (
            <Section title={t('activities.odds')}>
              <Table
                rowKey="key" size="small" pagination={false} dataSource={odds}
                columns={[
                  { key: 'name', title: t('activities.prize'), render: (_, { names }) => nameIn(names, currentLocale()) },
                  { key: 'odds', title: t('activities.chance'), align: 'end', render: (_, { weight, of }) => `${weight} / ${of}` },
                  { key: 'percent', title: '%', align: 'end', render: (_, { weight, of }) => (of === 0 ? '–' : `${format.number(Math.round((weight / of) * 1_000_000) / 10_000)}%`) },
                ]}
              />
              {expected && expected.under > 0 && <Typography.Text type="secondary">{t('activities.expected', { shown: format.number(Math.round((expected.over / expected.under) * 100) / 100) })}</Typography.Text>}
            </Section>
          )}
        </Stack>
      )}
    </Loaded>
  );
}
