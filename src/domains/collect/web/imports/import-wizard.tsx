import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Link, Loaded, Stack, useEndpoint, useFormat } from '../../../../web/kit.ts';
import { type ImportView, inspectImport } from '../../imports/contract.ts';
import type { ImportKind } from '../../mapping/fields.ts';
import { CheckStep } from './check-step.tsx';
import type { Draft } from './draft.ts';
import type { FileInspection } from './file-inspection.ts';
import { ImportSteps } from './import-steps.tsx';
import { MapStep } from './map-step.tsx';

/** From an uploaded file to a begun import: say what the columns mean, try it, begin. */
export function ImportWizard({ run }: { run: ImportView }) {
  const { t } = useTranslation('collect');
  const [kind, setKind] = useState<ImportKind | undefined>(undefined);
  const inspection = useEndpoint(inspectImport, { params: { importId: run.importId }, query: kind ? { kind } : {} }, { freshForMs: 600_000 });
  return (
    <Stack>
      {run.failure && <Alert type="error" showIcon title={run.failure.sentence} />}
      {run.state === 'cancelled' && <Alert type="info" showIcon title={t('imports.result.cancelled')} />}
      <Loaded from={inspection}>{(found) => <Work run={run} found={found} onKind={setKind} />}</Loaded>
    </Stack>
  );
}

function Work({ run, found, onKind }: { run: ImportView; found: FileInspection; onKind: (kind: ImportKind) => void }) {
  const guessed = found.guess.draft as Draft;
  const [draft, setDraft] = useState<Draft>(run.mapping ?? guessed);
  const [checking, setChecking] = useState(run.state === 'checked' && run.mapping !== null);
  // Another kind of content is another guess.
  useEffect(() => setDraft((before) => (before.kind === guessed.kind ? before : guessed)), [guessed]);
  return (
    <Stack>
      <ImportSteps current={checking ? 'check' : 'map'} />
      <Notes found={found} />
      {checking
        ? <CheckStep run={run} draft={draft} onBack={() => setChecking(false)} />
        : <MapStep found={found} draft={draft} onDraft={setDraft} onKind={onKind} onNext={() => setChecking(true)} />}
    </Stack>
  );
}

/** What a person should know of the file before anything else. */
function Notes({ found }: { found: FileInspection }) {
  const { t } = useTranslation('collect');
  const format = useFormat();
  const { renamings } = found.inspection;
  return (
    <>
      {found.sameAs.map((same) => (
        <Alert
          key={same.importId}
          type="warning"
          showIcon
          title={<Link to={`/data/imports/${same.importId}`}>{t('imports.same', { importId: same.importId, fileName: same.fileName, date: format.dateTime(same.createdAt) })}</Link>}
        />
      ))}
      {renamings.length > 0 && <Alert type="info" showIcon title={t('imports.file.renamed', { names: renamings.map((one) => one.renamedTo).join(', ') })} />}
    </>
  );
}
