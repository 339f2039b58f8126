import { Loaded, useEndpoint, usePathParam } from '../../../../web/kit.ts';
import { readVersion } from '../../contract.ts';
import { ProgrammeEditor } from './editor/programme-editor.tsx';

/** Changes a draft. */
export default function EditVersionPage() {
  const version = useEndpoint(readVersion, { params: { versionNo: Number(usePathParam('versionNo')) } }, { freshForMs: Infinity });
  return <Loaded from={version}>{(found) => <ProgrammeEditor key={`${found.versionNo}.${found.revision}`} version={found} />}</Loaded>;
}
