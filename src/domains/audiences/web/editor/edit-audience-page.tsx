import { useState } from 'react';
import { Loaded, useEndpoint, usePathParam } from '../../../../web/kit.ts';
import { readAudience, rule as ruleSchema, type ShownAudience } from '../../contract.ts';
import { AudienceEditorView } from './audience-editor-view.tsx';

/** The rule of an audience that is there. */
export default function EditAudiencePage() {
  const audience = useEndpoint(readAudience, { params: { audienceId: Number(usePathParam('audienceId')) } });
  return <Loaded from={audience}>{(shown) => <Edited key={shown.audienceId} shown={shown} />}</Loaded>;
}

/** What is edited is what was opened: a reply that comes later does not change it under one's hands. */
function Edited({ shown }: { shown: ShownAudience }) {
  const [edited] = useState(() => ({ ...shown, rule: ruleSchema.parse(shown.rule) }));
  return <AudienceEditorView edited={edited} />;
}
