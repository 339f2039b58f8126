import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { Loaded, useEndpoint, useSearchState } from '../../../../web/kit.ts';
import { everybody, listReadyMade, readAudience, rule as ruleSchema, type Rule } from '../../contract.ts';
import { AudienceEditorView } from './audience-editor-view.tsx';

/** A rule to begin with may come in the address, from another audience, or from those that are ready-made. */
const startState = z.object({ rule: z.string().max(20_000).optional(), from: z.coerce.number().int().min(1).optional(), ready: z.string().max(60).optional() });

function givenRule(text: string | undefined): Rule {
  if (text === undefined) return everybody;
  try {
    return ruleSchema.parse(JSON.parse(text));
  } catch {
    // An address that was cut short on its way opens an empty editor.
    return everybody;
  }
}

/** A new audience. */
export default function NewAudiencePage() {
  const [{ rule: text, from, ready }] = useSearchState(startState);
  const rule = useMemo(() => givenRule(text), [text]);
  if (from !== undefined) return <CopiedAudience audienceId={from} />;
  if (ready !== undefined) return <ReadyAudience readyKey={ready} />;
  return <AudienceEditorView key={text} edited={{ audienceId: null, version: 0, name: '', reason: '', rule }} />;
}

function CopiedAudience({ audienceId }: { audienceId: number }) {
  const { t } = useTranslation('audiences');
  const audience = useEndpoint(readAudience, { params: { audienceId } });
  return (
    <Loaded from={audience}>
      {({ name, reason, rule }) => <AudienceEditorView edited={{ audienceId: null, version: 0, name: t('web.editor.copyName', { name }).slice(0, 80), reason, rule: ruleSchema.parse(rule) }} />}
    </Loaded>
  );
}

function ReadyAudience({ readyKey }: { readyKey: string }) {
  const list = useEndpoint(listReadyMade);
  return (
    <Loaded from={list}>
      {({ audiences }) => {
        const { name, reason, rule } = audiences.find(({ key }) => key === readyKey) ?? { name: '', reason: '', rule: everybody };
        return <AudienceEditorView edited={{ audienceId: null, version: 0, name, reason, rule: ruleSchema.parse(rule) }} />;
      }}
    </Loaded>
  );
}
