import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { App, Button, EditorLayout, PageHeader, Radio, Section, Stack, useAction, useLeaveGuard, useNavigateTo } from '../../../../../web/kit.ts';
import { createLibraryTag, listLibraryTags, listTagCategories, readLibraryTag, readTagHistory, type TagDefinition, tagDefinition, type TagKind, tagKinds, updateLibraryTag } from '../../../contract.ts';
import { CardFields } from './card-fields.tsx';
import { type EditedTag, newDefinition } from './edited-tag.ts';
import { RuleDefinition } from './rule-definition.tsx';
import { TiersDefinition } from './tiers-definition.tsx';

const invalidates = [listLibraryTags, listTagCategories, readLibraryTag, readTagHistory];

/** What a tag is on the left, what decides about it below, and what that means on the right. */
export function TagEditor({ edited }: { edited: EditedTag }) {
  const { t } = useTranslation('audiences');
  const { message } = App.useApp();
  const navigate = useNavigateTo();
  const [card, setCard] = useState(edited.card);
  // Null while it lacks something.
  const [definition, setDefinition] = useState<TagDefinition | null>(edited.definition);
  const [kind, setKind] = useState<TagKind>(edited.definition.kind);
  const [isStrict, setStrict] = useState(false);
  const isSaved = useRef(false);
  const isChanged = JSON.stringify([card, definition]) !== JSON.stringify([edited.card, edited.definition]);
  const question = useLeaveGuard(() => isChanged && !isSaved.current);
  const onSuccess = ({ tagId }: { tagId: number }): void => {
    isSaved.current = true;
    navigate(`/users/tags/${tagId}`);
  };
  const make = useAction(createLibraryTag, { invalidates, onSuccess, done: t('tags.made') });
  const change = useAction(updateLibraryTag, { invalidates, onSuccess, done: t('tags.changed') });
  const labels: [string, string, string] = [t('tags.tier.low'), t('tags.tier.middle'), t('tags.tier.high')];
  const save = (): void => {
    const isWhole = card.name.trim() !== '' && card.owner.trim() !== '' && definition !== null && tagDefinition.safeParse(definition).success;
    setStrict(!isWhole);
    if (!isWhole) void message.warning(t('tags.finishFirst'));
    else if (edited.tagId === null) make.mutate({ body: { ...card, definition } });
    else change.mutate({ params: { tagId: edited.tagId }, body: { ...card, version: edited.version, definition } });
  };
  const choose = (next: TagKind): void => {
    setKind(next);
    setDefinition(newDefinition(next, labels));
  };
  const above = edited.tagId === null ? '/users/tags' : `/users/tags/${edited.tagId}`;
  const header = (
    <PageHeader
      title={edited.tagId === null ? t('tags.newTitle') : t('tags.editTitle', { name: edited.card.name })}
      breadcrumbs={[{ label: t('tags.title'), to: '/users/tags' }, ...(edited.tagId === null ? [] : [{ label: edited.card.name, to: above }])]}
      actions={
        <>
          <Button onClick={() => navigate(above)}>{t('web.editor.cancel')}</Button>
          <Button type="primary" loading={make.isPending || change.isPending} onClick={save}>{t('tags.save')}</Button>
        </>
      }
    />
  );
  const fields = (
    <Section title={t('tags.about')}>
      <Stack>
        {edited.tagId === null && (
          <Radio.Group aria-label={t('tags.column.kind')} value={kind} onChange={(event) => choose(event.target.value as TagKind)} optionType="button" options={tagKinds.map((value) => ({ value, label: t(`tags.kind.${value}`) }))} />
        )}
        <span>{t(`tags.kindHint.${kind}`)}</span>
        <CardFields kind={kind} value={card} isStrict={isStrict} onChange={setCard} />
      </Stack>
    </Section>
  );
  const shared = { header, fields, isStrict, onChange: setDefinition };
  return (
    <>
      {kind === 'rule' && <RuleDefinition {...shared} initial={edited.definition.kind === 'rule' ? edited.definition : null} />}
      {kind === 'tiers' && <TiersDefinition {...shared} initial={edited.definition.kind === 'tiers' ? edited.definition.tiers : null} labels={labels} />}
      {(kind === 'hand' || kind === 'file') && <EditorLayout header={header} effect={<Section>{t(`tags.next.${kind}`)}</Section>} brief={null}>{fields}</EditorLayout>}
      {question}
    </>
  );
}
