import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { App, Button, EmptyState, ErrorState, Flex, Section, Spin, Stack, useAction } from '../../../../web/kit.ts';
import { checkImport, type ImportView, listImports, readImport, startImport } from '../../imports/contract.ts';
import { CheckResult } from './check-result.tsx';
import type { Draft } from './draft.ts';

interface CheckStepProps {
  run: ImportView;
  draft: Draft;
  onBack: () => void;
}

/** Third step: what the import would do, before anything is written; and the button that begins it. */
export function CheckStep({ run, draft, onBack }: CheckStepProps) {
  const { t } = useTranslation('collect');
  const { message } = App.useApp();
  const check = useAction(checkImport, { quiet: true });
  const start = useAction(startImport, { invalidates: [readImport, listImports], onSuccess: () => void message.success(t('imports.check.started')) });
  const { mutate } = check;
  const { importId } = run;
  useEffect(() => mutate({ params: { importId }, body: { mapping: draft } }), [mutate, importId, draft]);
  const mayStart = check.data !== undefined && check.data.counts.accepted > 0 && !check.isPending;
  return (
    <Stack>
      <Section>
        {check.isPending && <EmptyState icon={<Spin />} title={t('imports.check.busy')} />}
        {check.error && <ErrorState error={check.error} onRetry={() => mutate({ params: { importId }, body: { mapping: draft } })} />}
        {check.data && <CheckResult found={check.data} currency={draft.currency} />}
      </Section>
      <Flex gap="small" justify="end" wrap>
        <Button onClick={onBack}>{t('imports.check.back')}</Button>
        <Button type="primary" disabled={!mayStart} loading={start.isPending} onClick={() => start.mutate({ params: { importId }, body: { mapping: draft } })}>
          {t('imports.check.start')}
        </Button>
      </Flex>
    </Stack>
  );
}
