import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Alert, Button, Flex, Form, FormModal, Input, Select, Stack } from '../../../../web/kit.ts';
import { inspectImport, saveMapping } from '../../imports/contract.ts';
import { mappingSchema } from '../../mapping/mapping.ts';
import type { Draft } from './draft.ts';
import type { FileInspection } from './file-inspection.ts';

interface MappingShelfProps {
  found: FileInspection;
  draft: Draft;
  onDraft: (draft: Draft) => void;
}

/** Mappings from before: saved ones for the same columns, and files that are also what the command line takes. */
export function MappingShelf({ found, draft, onDraft }: MappingShelfProps) {
  const { t } = useTranslation('collect');
  const [saving, setSaving] = useState(false);
  const [isBad, setIsBad] = useState(false);
  const chooser = useRef<HTMLInputElement>(null);
  const load = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    const read = mappingSchema.safeParse(await file.text().then(JSON.parse).catch(() => null));
    setIsBad(!read.success);
    if (read.success) onDraft(read.data);
  };
  return (
    <Stack>
      <Flex wrap gap="small">
        {found.saved.length > 0 && (
          <Select
            aria-label={t('imports.map.saved')}
            placeholder={t('imports.map.savedPlaceholder')}
            options={found.saved.map((one) => ({ value: one.mappingId, label: one.name }))}
            onChange={(mappingId: number) => {
              const chosen = found.saved.find((one) => one.mappingId === mappingId);
              if (chosen) onDraft(chosen.mapping);
            }}
          />
        )}
        <Button onClick={() => setSaving(true)} disabled={!mappingSchema.safeParse(draft).success}>{t('imports.map.save')}</Button>
        <Button onClick={() => saveAsFile(draft)}>{t('imports.map.download')}</Button>
        <Button onClick={() => chooser.current?.click()}>{t('imports.map.uploadMapping')}</Button>
        <input ref={chooser} type="file" accept=".json,application/json" hidden onChange={(event) => void load(event.target.files?.[0])} />
      </Flex>
      {isBad && <Alert type="error" showIcon closable title={t('imports.map.badMapping')} />}
      <FormModal
        open={saving}
        title={t('imports.map.saveTitle')}
        submitLabel={t('imports.map.save')}
        endpoint={saveMapping}
        request={(values: { name: string }) => ({ body: { name: values.name, mapping: draft, columns: found.inspection.columns } })}
        invalidates={[inspectImport]}
        done={t('imports.map.saved_done')}
        onDone={() => setSaving(false)}
        onCancel={() => setSaving(false)}
      >
        <Form.Item name="name" label={t('imports.map.name')} rules={[{ required: true }]}>
          <Input maxLength={80} autoFocus />
        </Form.Item>
      </FormModal>
    </Stack>
  );
}

/** Lets the browser save the mapping as the file that `perennial import --map` reads. */
function saveAsFile(draft: Draft): void {
  const address = URL.createObjectURL(new Blob([JSON.stringify(draft, null, 2)], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = `mapping-${draft.source}.json`;
  link.click();
  URL.revokeObjectURL(address);
}
