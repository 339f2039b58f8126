import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { InputNumber, Select, useEndpoint, useMay } from '../../../../web/kit.ts';
import { useSettled } from '../../../audiences/web/preview/use-settled.ts';
import { searchCustomers } from '../../../customers/contract.ts';
import { useMemberName } from '../use-member-name.ts';

interface MemberSelectProps {
  id?: string;
  value?: number;
  onChange?: (customerNo: number | undefined) => void;
}

const pauseMs = 400;
const shown = 10;

/** Somebody, found by phone, member number or name; by their number where people may not be searched. */
export function MemberSelect({ id, value, onChange }: MemberSelectProps) {
  const { t } = useTranslation('membership');
  const nameOf = useMemberName();
  const maySearch = useMay('customers.read');
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim(), pauseMs);
  const found = useEndpoint(searchCustomers, { query: { q, limit: shown } }, { enabled: maySearch && q !== '' });
  const own = id === undefined ? {} : { id };
  if (!maySearch) return <InputNumber {...own} precision={0} min={1} max={2_147_483_647} style={{ width: 200 }} autoFocus value={value ?? null} onChange={(no) => onChange?.(typeof no === 'number' ? no : undefined)} />;
  const people = q === '' ? [] : found.data?.rows ?? [];
  return (
    <Select<number>
      {...own}
      {...(value === undefined ? {} : { value })}
      autoFocus
      allowClear
      placeholder={t('memberSelect.search')}
      showSearch={{ filterOption: false, onSearch: (text) => setTyped(text.slice(0, 100)) }}
      loading={found.isFetching}
      notFoundContent={q === '' ? t('memberSelect.typeFirst') : found.isFetching ? t('memberSelect.searching') : t('memberSelect.nobody')}
      options={people.map(({ customerNo, name, phone }) => ({ value: customerNo, label: [nameOf({ customerNo, name }), phone, `#${customerNo}`].filter(Boolean).join(' · ') }))}
      onChange={(no) => onChange?.(no)}
    />
  );
}
