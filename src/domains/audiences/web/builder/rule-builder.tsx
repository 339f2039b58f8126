import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { App, Button, useBranchDrag, useHandleFocus } from '../../../../web/kit.ts';
import { RedoOutlined, UndoOutlined } from '../../../../web/icons.tsx';
import type { RuleDraft } from '../editor/use-rule-draft.ts';
import type { Preview } from '../preview/use-preview.ts';
import { limitBroken, moved, type Step, stepped } from '../rule/draft-edits.ts';
import type { DraftGroup } from '../rule/draft.ts';
import type { Builder } from './builder.ts';
import { GroupBlock } from './group-block.tsx';

const isTyping = (target: EventTarget): boolean => target instanceof Element && target.closest('input, textarea, [contenteditable]') !== null;

/** The rule as a tree that can be rebuilt by hand: by mouse, by touch and by the keyboard alone. */
export function RuleBuilder({ rule, preview, isStrict }: { rule: RuleDraft; preview: Preview; isStrict: boolean }) {
  const { t } = useTranslation('audiences');
  const { message } = App.useApp();
  const keepFocus = useHandleFocus();
  const edit = (change: (draft: DraftGroup) => DraftGroup, of?: string): void => {
    const broken = limitBroken(change(rule.draft));
    if (broken) void message.warning(t(`web.builder.limit_${broken}`));
    else rule.edit(change, of);
  };
  const step = (id: string, direction: Step): void => {
    keepFocus(id);
    edit((draft) => stepped(draft, id, direction));
  };
  const drag = useBranchDrag((id, groupId, index) => edit((draft) => moved(draft, id, groupId, index)));
  const { figures, base, isOld, faults } = preview;
  const { unfinished } = rule.written;
  const builder: Builder = { edit, step, drag, figures, base, isOld, faults, unfinished, isStrict };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return;
    const key = event.key.toLowerCase();
    if (key !== 'z' && key !== 'y') return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) rule.redo();
    else rule.undo();
  };
  return (
    <div onKeyDown={onKeyDown}>
      <GroupBlock
        builder={builder}
        group={rule.draft}
        isRoot
        extra={
          <>
            <Button type="text" icon={<UndoOutlined />} disabled={!rule.canUndo} aria-label={t('web.builder.undo')} title={t('web.builder.undo')} onClick={rule.undo} />
            <Button type="text" icon={<RedoOutlined />} disabled={!rule.canRedo} aria-label={t('web.builder.redo')} title={t('web.builder.redo')} onClick={rule.redo} />
          </>
        }
      />
    </div>
  );
}
