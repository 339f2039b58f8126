import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { EditorLayout, Section, Stack } from '../../../../../web/kit.ts';
import { everybody, type Rule, type TagDefinition } from '../../../contract.ts';
import { RuleBuilder } from '../../builder/rule-builder.tsx';
import { useRuleDraft } from '../../editor/use-rule-draft.ts';
import { CountBrief, CountPanel } from '../../preview/count-panel.tsx';
import { PeoplePanel } from '../../preview/people-panel.tsx';
import { usePreview } from '../../preview/use-preview.ts';

export interface DefinitionProps {
  header: ReactNode;
  fields: ReactNode;
  isStrict: boolean;
  /** Null while it lacks something. */
  onChange: (definition: TagDefinition | null) => void;
}

/** A rule that keeps a tag up, counted while it is edited. */
export function RuleDefinition({ initial, header, fields, isStrict, onChange }: DefinitionProps & { initial: { rule: Rule } | null }) {
  const { t } = useTranslation('audiences');
  const draft = useRuleDraft(initial?.rule ?? everybody);
  const preview = usePreview(draft.written);
  const { rule, unfinished } = draft.written;
  const text = JSON.stringify(rule);
  // Told by what the rule says, not by which object says it.
  useEffect(() => onChange(unfinished.size > 0 ? null : { kind: 'rule', rule }), [text, unfinished.size]);
  return (
    <EditorLayout
      header={header}
      effect={
        <Stack>
          <CountPanel preview={preview} unfinished={unfinished.size} />
          {preview.failure === null && preview.faults.size === 0 && <Section title={t('web.people.title')}><PeoplePanel rule={preview.rule} /></Section>}
        </Stack>
      }
      brief={<CountBrief preview={preview} />}
    >
      <Stack>
        {fields}
        <RuleBuilder rule={draft} preview={preview} isStrict={isStrict} />
      </Stack>
    </EditorLayout>
  );
}
