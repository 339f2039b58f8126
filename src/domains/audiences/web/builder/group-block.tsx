import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Branch, BranchPart, Button, InlineWord, Tag } from '../../../../web/kit.ts';
import { CloseOutlined } from '../../../../web/icons.tsx';
import { type Group, ruleLimits } from '../../contract.ts';
import { ConditionEditor } from '../condition/condition-editor.tsx';
import { CountInput } from '../inputs/period-input.tsx';
import { WordSelect } from '../inputs/word-select.tsx';
import { changed, inserted, removed } from '../rule/draft-edits.ts';
import type { DraftCondition, DraftGroup } from '../rule/draft.ts';
import { AddPart } from './add-part.tsx';
import type { Builder } from './builder.ts';
import { PartFigure } from './part-figure.tsx';
import { PartMenu } from './part-menu.tsx';

const matches: Group['match'][] = ['all', 'any', 'none'];

/** A group of conditions, with everything in it. */
export function GroupBlock({ builder, group, isRoot = false, extra }: { builder: Builder; group: DraftGroup; isRoot?: boolean; extra?: ReactNode }) {
  const { t } = useTranslation('audiences');
  const { edit, unfinished, faults, isStrict } = builder;
  const isMissing = !isRoot && group.parts.length === 0;
  return (
    <Branch
      id={group.id}
      isRoot={isRoot}
      extra={extra}
      drag={builder.drag}
      joint={t(`web.joint.${group.match}`)}
      head={<GroupHead builder={builder} group={group} isRoot={isRoot} />}
      empty={t(isRoot ? 'web.builder.emptyRoot' : isStrict && isMissing ? 'web.builder.emptyGroupFault' : 'web.builder.emptyGroup')}
      foot={<AddPart isFirst={isRoot && group.parts.length === 0} onAdd={(part) => edit((draft) => inserted(draft, group.id, Infinity, part))} />}
    >
      {group.parts.map((part, index) => {
        const isBad = faults.has(part.id) || (isStrict && unfinished.has(part.id));
        return (
          <BranchPart
            key={part.id}
            id={part.id}
            groupId={group.id}
            index={index}
            drag={builder.drag}
            isBranch={part.kind === 'group'}
            tone={isBad ? 'bad' : unfinished.has(part.id) ? 'muted' : 'plain'}
            handleLabel={t('web.builder.handle', { no: index + 1 })}
            onStep={(step) => builder.step(part.id, step)}
            onRemove={() => edit((draft) => removed(draft, part.id))}
            figure={<PartFigure builder={builder} group={group} index={index} />}
            menu={<PartMenu builder={builder} part={part} />}
          >
            {part.kind === 'group' ? <GroupBlock builder={builder} group={part} /> : <ConditionBlock builder={builder} part={part} />}
            <PartFault text={faults.get(part.id)} />
          </BranchPart>
        );
      })}
    </Branch>
  );
}

function GroupHead({ builder, group, isRoot }: { builder: Builder; group: DraftGroup; isRoot: boolean }): ReactNode {
  const { t } = useTranslation('audiences');
  const set = (part: Partial<DraftGroup>): void => builder.edit((draft) => changed(draft, group.id, (before) => ({ ...before, ...part }) as DraftGroup), group.id);
  return (
    <>
      <InlineWord>{t(isRoot ? 'web.builder.who' : 'web.builder.group')}</InlineWord>
      <WordSelect label={t('web.builder.match')} value={group.match} options={matches.map((value) => ({ value, label: t(`web.group.${value}`) }))} onChange={(match) => set({ match })} />
      {group.heldDays !== null && (
        <>
          <InlineWord>{t('web.held.for')}</InlineWord>
          <CountInput label={t('web.held.days')} least={1} most={ruleLimits.heldDays} value={group.heldDays} onChange={(heldDays) => set({ heldDays })} />
          <InlineWord>{t('web.held.unit')}</InlineWord>
          <Button type="text" size="small" icon={<CloseOutlined />} aria-label={t('web.held.remove')} onClick={() => set({ heldDays: null })} />
        </>
      )}
    </>
  );
}

function ConditionBlock({ builder, part }: { builder: Builder; part: DraftCondition }) {
  const { t } = useTranslation('audiences');
  const isUnfinished = builder.unfinished.has(part.id);
  return (
    <>
      <ConditionEditor condition={part.condition} onChange={(condition) => builder.edit((draft) => changed(draft, part.id, () => ({ ...part, condition })), part.id)} />
      {isUnfinished && <Tag color={builder.isStrict ? 'error' : 'warning'}>{t('web.builder.unfinished')}</Tag>}
    </>
  );
}

function PartFault({ text }: { text: string | undefined }) {
  return text === undefined ? null : <Alert type="error" showIcon title={text} />;
}
