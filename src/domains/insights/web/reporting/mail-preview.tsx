import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call, currentLocale, EmptyState, ErrorState, languageNames, PageSkeleton, Section, Select, Stack, Typography } from '../../../../web/kit.ts';
import { previewReport } from '../../contract.ts';
import { type ScheduleDraft, wantedOf } from './schedule-draft.ts';

/** The mail as it would be sent now. It stands in a frame of its own, in which nothing runs. */
export function MailPreview({ draft }: { draft: ScheduleDraft }) {
  const { t } = useTranslation('insights');
  const [locale, setLocale] = useState(currentLocale);
  const { contents, period, compare } = wantedOf(draft);
  const body = { name: draft.name.trim() || t('reporting.title'), contents, period, compare, locale };
  const preview = useQuery({ queryKey: ['report preview', JSON.stringify(body)], queryFn: ({ signal }) => call(previewReport, { body }, { signal }), placeholderData: (before) => before, staleTime: 60_000, enabled: contents.length > 0 });
  const shown = preview.error || contents.length === 0 ? undefined : preview.data;
  return (
    <Section title={t('reporting.edit.preview')} extra={<Select aria-label={t('reporting.edit.language')} value={locale} onChange={setLocale} popupMatchSelectWidth={false} options={Object.entries(languageNames).map(([value, label]) => ({ value: value as typeof locale, label }))} />}>
      <Stack>
        <Typography.Text type="secondary">{t('reporting.edit.previewHint')}</Typography.Text>
        {contents.length === 0 && <EmptyState title={t('reporting.edit.needContent')} hint={t('reporting.edit.needContentHint')} />}
        {preview.error && <ErrorState error={preview.error as never} onRetry={() => void preview.refetch()} />}
        {preview.isLoading && <PageSkeleton />}
        {shown && <Typography.Text strong>{shown.subject}</Typography.Text>}
        {shown && <iframe title={t('reporting.edit.preview')} sandbox="" srcDoc={shown.html} width="100%" height="900" style={{ border: 0 }} />}
      </Stack>
    </Section>
  );
}
