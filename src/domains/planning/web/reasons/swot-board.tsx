import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Form, Input, Section, Select, Slider, StageBoard, Tag, useEndpoint, useMay } from '../../../../web/kit.ts';
import { PlusOutlined } from '../../../../web/icons.tsx';
import { type ItemBody, type Quadrant, quadrants, readEvidence } from '../../contract.ts';
import { type PlanItem, useItemActions } from '../frame/use-items.tsx';
import { EvidenceFields } from './evidence-fields.tsx';
import { EvidenceText } from './evidence-text.tsx';
import { type Editing, ItemForm } from '../projects/forms/item-form.tsx';

/** Notes of four sides, the heaviest first: moved by mouse or by keys, weighed, with what they stand on. */
export function SwotBoard({ planNo, notes }: { planNo: number; notes: PlanItem<'swot_note'>[] }) {
  const { t } = useTranslation('planning');
  const mayEdit = useMay('planning.edit');
  const actions = useItemActions(planNo);
  const [editing, setEditing] = useState<Editing<PlanItem<'swot_note'>> | null>(null);
  // Until it is read again a note stands where it was put.
  const [put, setPut] = useState<{ itemNo: number; version: number; quadrant: Quadrant } | null>(null);
  const { data } = useEndpoint(readEvidence, { params: { planNo } });
  const evidence = new Map(data?.notes.map((note) => [note.itemNo, note.evidence]));
  const sideOf = ({ itemNo, version, body }: PlanItem<'swot_note'>): Quadrant => (put?.itemNo === itemNo && put.version === version ? put.quadrant : body.quadrant);
  const move = (key: string, quadrant: Quadrant): void => {
    const note = notes.find(({ itemNo }) => String(itemNo) === key);
    if (!note) return;
    setPut({ itemNo: note.itemNo, version: note.version, quadrant });
    void actions.edit(note, { quadrant }).catch(() => setPut(null));
  };
  const add = mayEdit && <Button icon={<PlusOutlined />} onClick={() => setEditing({ fresh: { quadrant: 'strength', weight: 3, evidence: [] } })}>{t('reasons.addNote')}</Button>;
  return (
    <Section title={t('reasons.swot')} extra={add}>
      {mayEdit && <p>{t('reasons.boardHint')}</p>}
      <StageBoard<Quadrant>
        stages={quadrants.map((key) => ({ key, title: t(`document.quadrant.${key}`), total: String(notes.filter((note) => sideOf(note) === key).length) }))}
        cards={notes.toSorted((a, b) => b.body.weight - a.body.weight).map((note) => ({
          key: String(note.itemNo), stage: sideOf(note), name: note.body.text, title: note.body.text,
          body: evidence.get(note.itemNo)?.map((each, n) => <EvidenceText key={n} evidence={each} />),
          foot: <><Tag>{t('reasons.weight', { weight: note.body.weight })}</Tag>{mayEdit && <Button type="link" size="small" onClick={() => setEditing({ item: note })}>{t('reasons.edit')}</Button>}</>,
        }))}
        none={t('reasons.none')}
        handleLabel={(name) => t('reasons.moveHandle', { name })}
        onMove={mayEdit ? move : undefined}
      />
      <ItemForm<'swot_note', ItemBody<'swot_note'>>
        planNo={planNo} kind="swot_note" item={editing && 'item' in editing ? editing.item : null} parentNo={null} afterNo={notes.at(-1)?.itemNo ?? null} isRemovable open={editing !== null}
        initial={(editing && ('item' in editing ? editing.item.body : editing.fresh)) ?? {}} bodyOf={(values) => values} title={t(editing && 'item' in editing ? 'reasons.editNote' : 'reasons.addNote')} onClose={() => setEditing(null)}
      >
        <Form.Item required name="quadrant" label={t('reasons.quadrant')}><Select options={quadrants.map((value) => ({ value, label: t(`document.quadrant.${value}`) }))} /></Form.Item>
        <Form.Item name="text" label={t('reasons.text')} rules={[{ required: true, whitespace: true }]}><Input.TextArea autoSize={{ minRows: 2 }} maxLength={1_000} /></Form.Item>
        <Form.Item name="weight" label={t('document.weight')} extra={t('reasons.weightHint')}><Slider min={1} max={5} marks={{ 1: '1', 2: '2', 3: '3', 4: '4', 5: '5' }} /></Form.Item>
        <Form.Item label={t('reasons.evidence')}><EvidenceFields /></Form.Item>
      </ItemForm>
    </Section>
  );
}
