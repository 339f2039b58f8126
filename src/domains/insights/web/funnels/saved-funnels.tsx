import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, ConfirmDanger, Flex, Form, FormModal, Input, Select, useAction, useEndpoint, useMay } from '../../../../web/kit.ts';
import { DeleteOutlined } from '../../../../web/icons.tsx';
import { createFunnel, deleteFunnel, type FunnelDefinition, listFunnels, type SavedFunnel, updateFunnel } from '../../contract.ts';
import { type FunnelTemplate, funnelTemplates } from './funnel-draft.ts';

interface SavedFunnelsProps {
  /** The saved funnel that is shown, or the template. */
  chosen: string;
  definition: FunnelDefinition;
  /** Whether it can be saved: nothing is missing. */
  isComplete: boolean;
  isChanged: boolean;
  onChoose: (key: string, definition: FunnelDefinition) => void;
}

const templates = Object.keys(funnelTemplates) as FunnelTemplate[];
const old = [listFunnels];

/** Funnels with a name, and those to begin with. */
export function SavedFunnels({ chosen, definition, isComplete, isChanged, onChoose }: SavedFunnelsProps) {
  const { t } = useTranslation('insights');
  const mayEdit = useMay('insights.edit');
  const [saving, setSaving] = useState(false);
  const { data } = useEndpoint(listFunnels);
  const funnels = data?.funnels ?? [];
  const current = funnels.find(({ funnelId }) => String(funnelId) === chosen);
  const choose = (key: string): void => {
    const template = templates.find((name) => name === key);
    const saved = funnels.find(({ funnelId }) => String(funnelId) === key);
    if (template) onChoose(key, funnelTemplates[template]);
    else if (saved) onChoose(key, saved.definition);
  };
  return (
    <Flex gap="small" wrap align="center">
      <Select
        aria-label={t('funnel.saved.choose')}
        value={chosen}
        style={{ minWidth: 220 }}
        popupMatchSelectWidth={false}
        options={[
          ...(funnels.length > 0 ? [{ label: t('funnel.saved.own'), options: funnels.map(({ funnelId, name }) => ({ value: String(funnelId), label: name })) }] : []),
          { label: t('funnel.saved.templates'), options: templates.map((value) => ({ value, label: t(`funnel.template.${value}`) })) },
        ]}
        onChange={choose}
      />
      {mayEdit && current && <Update saved={current} definition={definition} isReady={isComplete && isChanged} onChoose={onChoose} />}
      {mayEdit && <Button disabled={!isComplete} onClick={() => setSaving(true)}>{t('funnel.saved.save')}</Button>}
      <FormModal<typeof createFunnel, { name: string }>
        open={saving}
        endpoint={createFunnel}
        title={t('funnel.saved.save')}
        submitLabel={t('funnel.saved.submit')}
        request={({ name }) => ({ body: { name, definition } })}
        invalidates={old}
        done={t('funnel.saved.done')}
        onDone={({ funnelId, definition: kept }) => {
          setSaving(false);
          onChoose(String(funnelId), kept);
        }}
        onCancel={() => setSaving(false)}
      >
        <Form.Item name="name" label={t('funnel.saved.name')} rules={[{ required: true, whitespace: true, message: t('funnel.saved.nameNeeded') }]}>
          <Input maxLength={80} autoFocus />
        </Form.Item>
      </FormModal>
    </Flex>
  );
}

function Update({ saved, definition, isReady, onChoose }: { saved: SavedFunnel; definition: FunnelDefinition; isReady: boolean; onChoose: SavedFunnelsProps['onChoose'] }) {
  const { t } = useTranslation('insights');
  const [asking, setAsking] = useState(false);
  const { funnelId, name, version } = saved;
  const update = useAction(updateFunnel, { invalidates: old, done: t('funnel.saved.done') });
  const remove = useAction(deleteFunnel, { invalidates: old, onSuccess: () => onChoose('shopping', funnelTemplates.shopping) });
  return (
    <>
      <Button type="primary" disabled={!isReady} loading={update.isPending} onClick={() => update.mutate({ params: { funnelId }, body: { version, definition } })}>{t('funnel.saved.update')}</Button>
      <Button icon={<DeleteOutlined />} aria-label={t('funnel.saved.delete')} title={t('funnel.saved.delete')} onClick={() => setAsking(true)} />
      <ConfirmDanger
        open={asking}
        title={t('funnel.saved.deleteTitle', { name })}
        touches={[t('funnel.saved.deleteTouches')]}
        confirmLabel={t('funnel.saved.delete')}
        busy={remove.isPending}
        onConfirm={() => remove.mutate({ params: { funnelId } })}
        onCancel={() => setAsking(false)}
      />
    </>
  );
}
