import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Flex, Input, Select, useMay } from '../../../../web/kit.ts';
import { DeleteOutlined, PlusOutlined } from '../../../../web/icons.tsx';
import type { ItemBody, ItemKindName } from '../../contract.ts';
import { type PlanItem, useItemActions } from '../frame/use-items.tsx';
import { LineText } from './line-text.tsx';

/** A field of a short editor: a line of text, or one of some words. */
export interface LineField {
  name: string;
  label: string;
  choices?: { value: string; label: string }[];
  /** In parts of the row's width. */
  grows?: number;
}

/** Things of one kind, a row each: written where they stand, added below, taken out with an undo. */
export function ItemLines<K extends ItemKindName>({ planNo, kind, items, fields, fresh, what, more }: { planNo: number; kind: K; items: PlanItem<K>[]; fields: LineField[]; /** Of what is added, all that has no field. */ fresh: Record<string, unknown>; what: string; /** What else can be done with one. */ more?: (item: PlanItem<K>) => ReactNode }) {
  const { t } = useTranslation('planning');
  const mayEdit = useMay('planning.edit');
  const actions = useItemActions(planNo);
  const [draft, setDraft] = useState<Record<string, string>>({});
  const [main] = fields.filter(({ choices }) => !choices);
  const last = items.filter(({ parentNo }) => parentNo === null).at(-1);
  const add = (): void => {
    if (!draft[main.name]?.trim()) return;
    const chosen = Object.fromEntries(fields.flatMap(({ name, choices }) => (choices ? [[name, draft[name] ?? choices[0].value]] : draft[name] ? [[name, draft[name]]] : [])));
    void actions.add(kind, { ...fresh, ...chosen } as ItemBody<K>, { parentNo: null, afterNo: last?.itemNo ?? null }).then(() => setDraft({}), () => undefined);
  };
  const row = { gap: '4px 8px', wrap: true, align: 'center' } as const;
  const basis = ({ choices, grows = 1 }: LineField) => (choices ? { minWidth: 130 } : { flex: `${grows} 1 min(${grows * 140}px, calc(100% - 40px))`, minWidth: 0 });
  return (
    <Flex vertical gap={12}>
      {items.map((item) => {
        const body = item.body as Record<string, unknown>;
        const keep = (name: string, value: string, version = item.version): Promise<unknown> => actions.edit({ itemNo: item.itemNo, version, kind }, { [name]: value } as Partial<ItemBody<K>>);
        return (
          <Flex key={item.itemNo} {...row}>
            {fields.map((field) => (field.choices
              ? <Select key={field.name} aria-label={field.label} disabled={!mayEdit} value={String(body[field.name])} options={field.choices} style={basis(field)} onChange={(value: string) => void keep(field.name, value).catch(() => undefined)} />
              : <LineText key={field.name} label={field.label} isAside={field !== main} mayEdit={mayEdit} standing={{ text: String(body[field.name] ?? ''), version: item.version }} style={basis(field)} onSave={(text, version) => keep(field.name, text, version)} />))}
            {more?.(item)}
            {mayEdit && <Button type="text" icon={<DeleteOutlined />} aria-label={t('start.remove')} title={t('start.remove')} onClick={() => void actions.remove(item.itemNo).catch(() => undefined)} />}
          </Flex>
        );
      })}
      {mayEdit && (
        <Flex {...row}>
          {fields.map((field) => (field.choices
            ? <Select key={field.name} aria-label={field.label} value={draft[field.name] ?? field.choices[0].value} options={field.choices} style={basis(field)} onChange={(value: string) => setDraft({ ...draft, [field.name]: value })} />
            : <Input key={field.name} aria-label={field.label} placeholder={field === main ? t('start.addNamed', { what }) : field.label} value={draft[field.name] ?? ''} style={basis(field)} onPressEnter={add} onChange={({ target }) => setDraft({ ...draft, [field.name]: target.value })} />))}
          <Button icon={<PlusOutlined />} loading={actions.isBusy} disabled={!draft[main.name]?.trim()} onClick={add}>{t('start.add')}</Button>
        </Flex>
      )}
    </Flex>
  );
}
