import { useState } from 'react';
import { z } from 'zod';
import { Loaded, useEndpoint, usePathParam, useSearchState } from '../../../../web/kit.ts';
import { listAudienceRules, readAudience, rule as ruleSchema, type ShownAudience } from '../../contract.ts';
import { AudienceEditorView } from './audience-editor-view.tsx';

/** A rule the audience had before, to be looked at and made the present one again. */
const startState = z.object({ ruleVersion: z.coerce.number().int().min(1).optional() });

/** The rule of an audience that is there. */
export default function EditAudiencePage() {
  const [{ ruleVersion }] = useSearchState(startState);
  const audience = useEndpoint(readAudience, { params: { audienceId: Number(usePathParam('audienceId')) } });
  return <Loaded from={audience}>{(shown) => (ruleVersion === undefined ? <Edited key={shown.audienceId} shown={shown} rule={shown.rule} /> : <Earlier shown={shown} ruleVersion={ruleVersion} />)}</Loaded>;
}

function Earlier({ shown, ruleVersion }: { shown: ShownAudience; ruleVersion: number }) {
  const rules = useEndpoint(listAudienceRules, { params: { audienceId: shown.audienceId }, query: { ruleVersion } });
  return <Loaded from={rules}>{({ rows }) => <Edited key={ruleVersion} shown={shown} rule={rows.at(0)?.rule ?? shown.rule} />}</Loaded>;
}

/** What is edited is what was opened: a reply that comes later does not change it under one's hands. */
function Edited({ shown, rule }: { shown: ShownAudience; rule: unknown }) {
  const [edited] = useState(() => ({ ...shown, rule: ruleSchema.parse(rule) }));
  return <AudienceEditorView edited={edited} />;
}
