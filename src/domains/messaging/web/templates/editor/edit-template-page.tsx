import { Loaded, useEndpoint, usePathParam } from '../../../../../web/kit.ts';
import { readTemplateVersion } from '../../../contract.ts';
import { TemplateEditor } from './template-editor.tsx';

/** A draft, to be worked on. */
export default function EditTemplatePage() {
  const templateNo = Number(usePathParam('templateNo'));
  const versionNo = Number(usePathParam('versionNo'));
  // What is typed stays: the draft is read again only when the page is opened again.
  const version = useEndpoint(readTemplateVersion, { params: { templateNo, versionNo } }, { freshForMs: 0 });
  return <Loaded from={version}>{(found) => <TemplateEditor key={`${templateNo} ${versionNo}`} templateNo={templateNo} version={found} />}</Loaded>;
}
