import { useTranslation } from 'react-i18next';
import { Flex, Loaded, PageHeader, Stack, useEndpoint, usePathParam } from '../../../../web/kit.ts';
import { type ImportView, readImport } from '../../imports/contract.ts';
import { ImportResult, ResultActions } from './import-result.tsx';
import { ImportWizard } from './import-wizard.tsx';
import { RunProgress } from './run-progress.tsx';
import { StateTag } from './state-tag.tsx';

const working: readonly ImportView['state'][] = ['queued', 'running', 'publishing', 'undoing'];
const refreshMs = 1_000;

/** One import, in whatever state it is: to be mapped, on its way, or done. */
export default function ImportPage() {
  const { t } = useTranslation('collect');
  const importId = Number(usePathParam('importId'));
  const found = useEndpoint(readImport, { params: { importId } }, { refreshMs: (reply) => (reply && working.includes(reply.state) ? refreshMs : false) });
  return (
    <Loaded from={found}>
      {(run) => (
        <Stack>
          <PageHeader
            title={run.fileName}
            subtitle={<Flex gap="small" align="center" wrap>{`#${run.importId} · ${t(`imports.kind.${run.kind}`)}`}<StateTag state={run.state} /></Flex>}
            actions={run.state === 'done' && <ResultActions run={run} />}
            breadcrumbs={[{ label: t('imports.title'), to: '/data/imports' }]}
          />
          <Body run={run} />
        </Stack>
      )}
    </Loaded>
  );
}

function Body({ run }: { run: ImportView }) {
  if (working.includes(run.state)) return <RunProgress run={run} />;
  if (run.state === 'done' || run.state === 'undone' || !run.hasFile) return <ImportResult run={run} />;
  return <ImportWizard run={run} />;
}
