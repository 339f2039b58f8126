import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, type Column, DataTable, Drawer, EmptyState, Form, FormModal, Input, Radio, Remark, type RowOf, useFormat, useMay } from '../../../../web/kit.ts';
import { PlusOutlined } from '../../../../web/icons.tsx';
import { addCodes, createCodePool, listCodePools, listGivers } from '../../contract.ts';

type Row = RowOf<typeof listCodePools>;

/** Pools of coupon codes: how many are left and were used, adding pools and codes. */
export function PoolsDrawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const format = useFormat();
  const mayKeep = useMay('membership.benefits');
  const [isAdding, setAdding] = useState(false);
  const [filled, setFilled] = useState<Row | null>(null);
  const word = (key: string): string => t(`benefits.pools.${key}`);
  const make = mayKeep && <Button icon={<PlusOutlined />} onClick={() => setAdding(true)}>{word('new')}</Button>;
  const columns: Column<Row>[] = [
    { key: 'name', title: word('name'), render: (row) => row.name },
    { key: 'kind', title: word('kind'), render: (row) => word(row.kind) },
    { key: 'left', title: word('left'), numeric: true, render: (row) => (row.left === null ? t('benefits.unlimited') : format.number(row.left)) },
    { key: 'issued', title: word('issued'), numeric: true, render: (row) => format.number(row.issued) },
    { key: 'used', title: word('used'), numeric: true, render: (row) => format.number(row.used) },
    { key: 'add', title: '', render: (row) => mayKeep && row.kind === 'uploaded' && <Button size="small" onClick={() => setFilled(row)}>{word('add')}</Button> },
  ];
  return (
    <Drawer title={word('title')} size="large" open={open} onClose={onClose} destroyOnHidden extra={make}>
      <DataTable endpoint={listCodePools} prefix="pools" columns={columns} rowKey={(row) => row.poolId} empty={<EmptyState title={word('empty')} hint={word('emptyHint')} action={make} />} />
      <NewPool open={isAdding} onClose={() => setAdding(false)} />
      <FillPool pool={filled} onClose={() => setFilled(null)} />
    </Drawer>
  );
}

interface NewPoolValues {
  name: string;
  kind: 'uploaded' | 'generated';
  prefix?: string;
}

function NewPool({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const word = (key: string): string => t(`benefits.pools.${key}`);
  return (
    <FormModal<typeof createCodePool, NewPoolValues>
      open={open}
      endpoint={createCodePool}
      title={word('new')}
      submitLabel={word('make')}
      initial={{ kind: 'uploaded' }}
      request={({ name, kind, prefix }) => ({ body: kind === 'generated' ? { kind, name, prefix: prefix ?? '' } : { kind, name } })}
      invalidates={[listCodePools, listGivers]}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="name" label={word('name')} rules={[{ required: true, whitespace: true, message: word('nameNeeded') }]}><Input maxLength={200} autoFocus placeholder={word('namePlaceholder')} /></Form.Item>
      <Form.Item name="kind" required label={word('kind')}><Radio.Group options={(['uploaded', 'generated'] as const).map((value) => ({ value, label: word(`${value}Hint`) }))} /></Form.Item>
      <Form.Item noStyle shouldUpdate>
        {({ getFieldValue }) => getFieldValue('kind') === 'generated' && <Form.Item name="prefix" label={word('prefix')} rules={[{ pattern: /^[A-Z0-9-]{0,12}$/, message: word('prefixHint') }]} extra={word('prefixHint')}><Input maxLength={12} /></Form.Item>}
      </Form.Item>
    </FormModal>
  );
}

function FillPool({ pool, onClose }: { pool: Row | null; onClose: () => void }) {
  const { t } = useTranslation('membership');
  const word = (key: string): string => t(`benefits.pools.${key}`);
  const listed = (text: string): string[] => [...new Set(text.split(/[\s,;，；]+/).filter(Boolean))];
  return (
    <FormModal<typeof addCodes, { codes: string }>
      open={pool !== null}
      endpoint={addCodes}
      title={t('benefits.pools.addTo', { name: pool?.name ?? '' })}
      submitLabel={word('add')}
      request={({ codes }) => ({ params: { poolId: pool?.poolId ?? 0 }, body: { codes: listed(codes) } })}
      invalidates={[listCodePools, listGivers]}
      done={word('added')}
      onDone={onClose}
      onCancel={onClose}
    >
      <Form.Item name="codes" label={word('codes')} rules={[{ required: true, whitespace: true, message: word('codesNeeded') }]}><Input.TextArea autoSize={{ minRows: 6, maxRows: 16 }} autoFocus /></Form.Item>
      <Remark>{word('codesHint')}</Remark>
    </FormModal>
  );
}
