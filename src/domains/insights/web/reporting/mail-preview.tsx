import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { call, ErrorState, PageSkeleton, Section, Stack, Typography } from '../../../../web/kit.ts';
import { previewReport } from '../../contract.ts';
import { type ScheduleDraft, wantedOf } from './schedule-draft.ts';

/** The mail as it would be sent now. It stands in a frame of its own, in which nothing runs. */
export function MailPreview({ draft }: { draft: ScheduleDraft }) {
  const { t } = useTranslation('insights');
  const { contents, period, compare } = wantedOf(draft);
  const body = { name: draft.name.trim() || t('reporting.title'), contents, period, compare, locale: draft.locale };
  const preview = useQuery({ queryKey: ['report preview', JSON.stringify(body)], queryFn: ({ signal }) => call(previewReport, { body }, { signal }), placeholderData: (before) => before, staleTime: 60_000 });
  return (
    <Section title={t('reporting.edit.preview')}>
      <Stack>
        <Typography.Text type="secondary">{t('reporting.edit.previewHint')}</Typography.Text>
        {preview.error && !preview.data && <ErrorState error={preview.error as never} onRetry={() => void preview.refetch()} />}
        {!preview.data && !preview.error && <PageSkeleton />}
        {preview.data && <Typography.Text strong>{preview.data.subject}</Typography.Text>}
        {preview.data && <iframe title={t('reporting.edit.preview')} sandbox="" srcDoc={preview.data.html} width="100%" height="900" />}
      </Stack>
    </Section>
  );
}
