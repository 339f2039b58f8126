import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { App, Button, EditorLayout, PageHeader, Section, Tabs, useLeaveGuard, useMay, useNavigateTo } from '../../../../web/kit.ts';
import { RuleBuilder } from '../builder/rule-builder.tsx';
import { CountBrief, CountPanel } from '../preview/count-panel.tsx';
import { ExplainPanel } from '../preview/explain-panel.tsx';
import { PeoplePanel } from '../preview/people-panel.tsx';
import { usePreview } from '../preview/use-preview.ts';
import type { EditedAudience } from './edited-audience.ts';
import { SaveForm } from './save-form.tsx';
import { useRuleDraft } from './use-rule-draft.ts';

/** The rule on the left, what it means on the right while it is edited. */
export function AudienceEditorView({ edited }: { edited: EditedAudience }) {
  const { t } = useTranslation('audiences');
  const { message } = App.useApp();
  const navigate = useNavigateTo();
  const rule = useRuleDraft(edited.rule);
  const preview = usePreview(rule.written);
  const [isSaving, setSaving] = useState(false);
  const [isStrict, setStrict] = useState(false);
  const isSaved = useRef(false);
  const question = useLeaveGuard(() => rule.isChanged && !isSaved.current);
  const { unfinished } = rule.written;
  const maySearch = useMay('customers.read');
  const mayEdit = useMay('audiences.edit');
  const isRefused = preview.failure !== null || preview.faults.size > 0;
  const above = edited.audienceId === null ? '/users/audiences' : `/users/audiences/${edited.audienceId}`;
  const save = (): void => {
    setStrict(unfinished.size > 0);
    if (unfinished.size > 0) void message.warning(t('web.editor.finishFirst', { count: unfinished.size }));
    else setSaving(true);
  };
  const title = edited.audienceId === null ? t('web.editor.newTitle') : t('web.editor.editTitle', { name: edited.name });
  return (
    <>
      <EditorLayout
        header={
          <PageHeader
            title={title}
            breadcrumbs={[{ label: t('web.list.title'), to: '/users/audiences' }, ...(edited.audienceId === null ? [] : [{ label: edited.name, to: above }])]}
            actions={
              <>
                <Button onClick={() => navigate(above)}>{t('web.editor.cancel')}</Button>
                {mayEdit && <Button type="primary" onClick={save}>{t(edited.audienceId === null ? 'web.editor.save' : 'web.editor.saveChange')}</Button>}
              </>
            }
          />
        }
        effect={
          <>
            <CountPanel preview={preview} unfinished={unfinished.size} />
            {!isRefused && (
              <Section>
                <Tabs
                  size="small"
                  items={[
                    { key: 'people', label: t('web.people.title'), children: <PeoplePanel rule={preview.rule} /> },
                    ...(maySearch ? [{ key: 'explain', label: t('web.explain.title'), children: <ExplainPanel rule={preview.rule} /> }] : []),
                  ]}
                />
              </Section>
            )}
          </>
        }
        brief={<CountBrief preview={preview} />}
      >
        <RuleBuilder rule={rule} preview={preview} isStrict={isStrict} />
      </EditorLayout>
      <SaveForm
        open={isSaving}
        rule={rule.written.rule}
        size={preview.isOld ? undefined : preview.reply?.size}
        edited={edited}
        onCancel={() => setSaving(false)}
        onSaved={({ audienceId }) => {
          isSaved.current = true;
          navigate(`/users/audiences/${audienceId}`);
        }}
      />
      {question}
    </>
  );
}
