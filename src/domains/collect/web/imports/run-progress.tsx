import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, ConfirmDanger, ProgressBar, Section, Sentence, Stack, StatGrid, StatTile, useAction, useFormat } from '../../../../web/kit.ts';
import { cancelImport, type ImportView, readImport } from '../../imports/contract.ts';
import { ImportSteps } from './import-steps.tsx';

/** An import on its way: how far it is, how fast, and the way out. */
export function RunProgress({ run }: { run: ImportView }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const [asking, setAsking] = useState(false);
  const cancel = useAction(cancelImport, { invalidates: [readImport], onSuccess: () => setAsking(false) });
  const { progress } = run;
  const phase = run.state === 'undoing' ? 'undoing' : (progress?.phase ?? 'queued');
  const mayCancel = (run.state === 'queued' || run.state === 'running') && !run.cancelRequested;
  return (
    <Stack>
      {run.state !== 'undoing' && <ImportSteps current="run" />}
      <Section>
        <Stack>
          <Sentence>{t(`imports.run.${phase}`)}</Sentence>
          {progress && (
            <ProgressBar
              done={progress.bytesRead}
              total={progress.bytesTotal}
              unit="bytes"
              label={[
                t('imports.run.rowsDone', { rows: format.number(progress.counts.rows) }),
                progress.rowsPerSecond > 0 && t('imports.run.rate', { rate: format.number(progress.rowsPerSecond) }),
                progress.phase === 'reading' && progress.secondsLeft !== null && t('imports.run.left', { time: format.duration(progress.secondsLeft * 1_000) }),
              ].filter(Boolean).join(' · ')}
            />
          )}
          {progress && (
            <StatGrid>
              <StatTile label={t('imports.count.imported')} value={format.number(progress.counts.accepted)} />
              <StatTile label={t('imports.count.rejected')} value={format.number(progress.counts.rejected)} />
              <StatTile label={t('imports.count.withoutCustomer')} value={format.number(progress.counts.withoutCustomer)} />
            </StatGrid>
          )}
          <Alert type="info" showIcon title={run.cancelRequested ? t('imports.run.cancelAsked') : t('imports.run.canLeave')} />
          {mayCancel && <div><Button danger onClick={() => setAsking(true)}>{t('imports.run.cancel')}</Button></div>}
        </Stack>
      </Section>
      <ConfirmDanger
        open={asking}
        title={t('imports.run.cancelTitle')}
        touches={[t('imports.run.cancelTouches')]}
        confirmLabel={t('imports.run.cancel')}
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate({ params: { importId: run.importId } })}
        onCancel={() => setAsking(false)}
      />
    </Stack>
  );
}
