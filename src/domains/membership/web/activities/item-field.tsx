import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLocale, Form, Select, useEndpoint } from '../../../../web/kit.ts';
import { listMallItems, nameIn } from '../../contract.ts';

/** An item of the mall, found by its name. */
export function ItemField({ name, label }: { name: string | (string | number)[]; label?: string }) {
  const { t } = useTranslation('membership');
  return <Form.Item name={name} label={label ?? t('mall.item')} rules={[{ required: true, message: t('mall.needed') }]}><ItemSelect /></Form.Item>;
}

/** The same where the form is somebody else's. */
export function ItemSelect({ label, ...controlled }: { label?: string; value?: number | null; onChange?: (itemNo: number) => void }) {
  const { t } = useTranslation('membership');
  const [q, setQ] = useState('');
  const items = useEndpoint(listMallItems, { query: { q, pageSize: 50 } });
  return (
    <Select
      {...controlled}
      aria-label={label}
      placeholder={t('mall.item')}
      showSearch={{ filterOption: false, onSearch: setQ }}
      style={{ minWidth: 200 }}
      notFoundContent={t('mall.none')}
      options={items.data?.rows.map(({ itemNo, definition, stock, taken }) => ({ value: itemNo, label: `${nameIn(definition.names, currentLocale())} · ${stock === null ? t('mall.unlimited') : t('activities.leftShown', { left: stock - taken })}` }))}
    />
  );
}
