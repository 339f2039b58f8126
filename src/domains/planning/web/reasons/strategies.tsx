import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, Columns, EmptyState, Flex, Form, Input, Section, Select, useMay } from '../../../../web/kit.ts';
import { PlusOutlined } from '../../../../web/icons.tsx';
import { type ItemBody, sidesOf, strategyKinds, type StrategyKind } from '../../contract.ts';
import type { PlanItem } from '../frame/use-items.tsx';
import { type Editing, ItemForm } from '../projects/forms/item-form.tsx';

/** What follows from what is inside held against what is outside, each with the notes it comes from. */
export function Strategies({ planNo, strategies, notes }: { planNo: number; strategies: PlanItem<'strategy'>[]; notes: PlanItem<'swot_note'>[] }) {
  const { t } = useTranslation('planning');
  const mayEdit = useMay('planning.edit');
  const [editing, setEditing] = useState<Editing<PlanItem<'strategy'>> | null>(null);
  const begin = (kind: StrategyKind) => setEditing({ fresh: { kind, noteNos: [] } });
  return (
    <Section title={t('reasons.strategies')} extra={mayEdit && <Button icon={<PlusOutlined />} onClick={() => begin('so')}>{t('reasons.addStrategy')}</Button>}>
      {strategies.length === 0 && <EmptyState title={t('reasons.noStrategies')} />}
      {strategies.length > 0 && (
        <Columns>
          {strategyKinds.map((kind) => (
            <Section key={kind} title={t(`document.strategy.${kind}`)} extra={mayEdit && <Button type="text" size="small" icon={<PlusOutlined />} aria-label={t('reasons.addStrategy')} onClick={() => begin(kind)} />}>
              <Flex vertical gap={12}>
                {strategies.filter(({ body }) => body.kind === kind).map((strategy) => <Strategy key={strategy.itemNo} strategy={strategy} notes={notes} onEdit={mayEdit ? () => setEditing({ item: strategy }) : undefined} />)}
              </Flex>
            </Section>
          ))}
        </Columns>
      )}
      <ItemForm<'strategy', ItemBody<'strategy'>>
        planNo={planNo} kind="strategy" item={editing && 'item' in editing ? editing.item : null} parentNo={null} afterNo={strategies.at(-1)?.itemNo ?? null} isRemovable open={editing !== null}
        initial={(editing && ('item' in editing ? editing.item.body : editing.fresh)) ?? {}} bodyOf={(values) => values} title={t(editing && 'item' in editing ? 'reasons.editStrategy' : 'reasons.addStrategy')} onClose={() => setEditing(null)}
      >
        <Form.Item required name="kind" label={t('reasons.kind')}><Select options={strategyKinds.map((value) => ({ value, label: t(`document.strategy.${value}`) }))} /></Form.Item>
        <Form.Item name="text" label={t('reasons.text')} rules={[{ required: true, whitespace: true }]}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={1_000} /></Form.Item>
        <Form.Item noStyle shouldUpdate={(a: { kind?: StrategyKind }, b: { kind?: StrategyKind }) => a.kind !== b.kind}>
          {({ getFieldValue }) => (
            <Form.Item name="noteNos" label={t('reasons.ofNotes')}>
              <Select mode="multiple" optionFilterProp="label" options={sidesOf[(getFieldValue('kind') as StrategyKind | undefined) ?? 'so'].map((side) => ({
                label: t(`document.quadrant.${side}`), options: notes.filter(({ body }) => body.quadrant === side).map(({ itemNo, body }) => ({ value: itemNo, label: body.text })),
              }))} />
            </Form.Item>
          )}
        </Form.Item>
      </ItemForm>
    </Section>
  );
}

function Strategy({ strategy: { body }, notes, onEdit }: { strategy: PlanItem<'strategy'>; notes: PlanItem<'swot_note'>[]; onEdit: (() => void) | undefined }) {
  const { t } = useTranslation('planning');
  const of = body.noteNos.map((itemNo) => notes.find((note) => note.itemNo === itemNo));
  const isDoubtful = of.some((note) => !note || !sidesOf[body.kind].includes(note.body.quadrant));
  return (
    <div>
      <div><strong>{body.text}</strong> {onEdit && <Button type="link" size="small" onClick={onEdit}>{t('reasons.edit')}</Button>}</div>
      {of.length === 0 && <small>{t('reasons.noOrigin')}</small>}
      <ul style={{ margin: 0, paddingInlineStart: 18 }}>{of.flatMap((note) => (note ? [<li key={note.itemNo}><small>{t(`document.quadrant.${note.body.quadrant}`)} · {note.body.text}</small></li>] : []))}</ul>
      {isDoubtful && <Alert type="warning" showIcon title={t('reasons.otherSide')} />}
    </div>
  );
}
