import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, Checkbox, Flex, SegmentedControl, Select, Tooltip, useEndpoint, useMay } from '../../../../../web/kit.ts';
import { ReloadOutlined } from '../../../../../web/icons.tsx';
import { useSettled } from '../../../../audiences/web/preview/use-settled.ts';
import { searchCustomers } from '../../../../customers/contract.ts';
import type { As } from './use-template-preview.ts';

/** As whom a message is looked at: an example, anybody, or ten at random. */
export function AsWhom({ as, onChange }: { as: As; onChange: (as: As) => void }) {
  const { t } = useTranslation('messaging');
  const maySeePeople = useMay('customers.read');
  const mayReveal = useMay('customers.reveal');
  const who = (['example', ...(maySeePeople ? ['person' as const] : []), 'random'] as const).map((value) => ({ value, label: t(`templates.as.${value}`) }));
  return (
    <Flex gap="small" wrap align="center">
      <SegmentedControl<As['who']> label={t('templates.as.label')} value={as.who} options={[...who]} onChange={(value) => onChange({ ...as, who: value })} />
      {as.who === 'person' && <FindPerson onChosen={(customerNo) => onChange({ ...as, customerNo })} />}
      {as.who === 'random' && <Button icon={<ReloadOutlined />} onClick={() => onChange({ ...as, turn: as.turn + 1 })}>{t('templates.as.others')}</Button>}
      {as.who !== 'example' && mayReveal && <Checkbox checked={as.inFull} onChange={({ target }) => onChange({ ...as, inFull: target.checked })}>{t('templates.as.inFull')}</Checkbox>}
      <Tooltip title={t('templates.as.plainHint')}><Checkbox checked={as.isPlain} onChange={({ target }) => onChange({ ...as, isPlain: target.checked })}>{t('templates.as.plain')}</Checkbox></Tooltip>
    </Flex>
  );
}

function FindPerson({ onChosen }: { onChosen: (customerNo: number) => void }) {
  const { t } = useTranslation('messaging');
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim(), 300);
  const found = useEndpoint(searchCustomers, { query: { q } }, { enabled: q !== '' });
  const options = (found.data?.rows ?? []).map(({ customerNo, name, phone }) => ({ value: customerNo, label: [name ?? t('templates.as.unnamed', { no: customerNo }), phone].filter(Boolean).join(' · ') }));
  return (
    <Select<number>
      style={{ minWidth: 220 }}
      aria-label={t('templates.as.search')}
      placeholder={t('templates.as.search')}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      loading={found.isFetching}
      options={options}
      notFoundContent={q === '' ? t('templates.as.searchHint') : t('templates.as.nobody')}
      onChange={onChosen}
    />
  );
}
