import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, FileDrop, PageHeader, ProgressBar, Section, Stack, ErrorState, upload, useNavigateTo } from '../../../../web/kit.ts';
import { uploadImport } from '../../imports/contract.ts';
import { ImportSteps } from './import-steps.tsx';

/** First step: a file is chosen and sent; what it is found to hold is shown on the import's own page. */
export default function UploadPage() {
  const { t } = useTranslation('collect');
  const navigate = useNavigateTo();
  const [sending, setSending] = useState<{ file: File; part: number } | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const stop = useRef<AbortController>(undefined);

  const send = async (file: File): Promise<void> => {
    stop.current = new AbortController();
    setProblem(null);
    setSending({ file, part: 0 });
    try {
      const reply = await upload<{ importId: number }>(uploadImport.path, file, {
        signal: stop.current.signal,
        onProgress: (part) => setSending({ file, part }),
      });
      navigate(`/data/imports/${reply.importId}`);
    } catch (error) {
      if (!stop.current.signal.aborted) setProblem(error);
      setSending(null);
    }
  };

  return (
    <Stack>
      <PageHeader title={t('imports.new')} breadcrumbs={[{ label: t('imports.title'), to: '/data/imports' }]} />
      <ImportSteps current="upload" />
      {problem !== null && <ErrorState error={problem} />}
      <Section>
        {sending ? (
          <Stack>
            <ProgressBar done={Math.round(sending.part * sending.file.size)} total={sending.file.size} unit="bytes" label={t('imports.upload.sending', { name: sending.file.name })} />
            <Button onClick={() => stop.current?.abort()}>{t('imports.upload.stop')}</Button>
          </Stack>
        ) : (
          <FileDrop hint={t('imports.upload.hint')} onFile={(file) => void send(file)} />
        )}
      </Section>
    </Stack>
  );
}
