import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { DatePicker, Form, Input, InputNumber, Select, useEndpoint } from '../../../../../web/kit.ts';
import { listTagCategories, type TagKind } from '../../../contract.ts';
import type { CardValues } from './edited-tag.ts';

interface CardFieldsProps {
  kind: TagKind;
  value: CardValues;
  isStrict: boolean;
  onChange: (value: CardValues) => void;
}

/** What a tag is called, whose it is, what it means and how long it lasts. */
export function CardFields({ kind, value, isStrict, onChange }: CardFieldsProps) {
  const { t } = useTranslation('audiences');
  const { data } = useEndpoint(listTagCategories);
  const options = (data?.categories ?? []).map(({ categoryId, name }) => ({ value: categoryId, label: name }));
  const change = (part: Partial<CardValues>): void => onChange({ ...value, ...part });
  const missing = (text: string, help: string): { validateStatus?: 'error'; help?: string } => (isStrict && text.trim() === '' ? { validateStatus: 'error', help } : {});
  return (
    <Form layout="vertical" component="div" requiredMark="optional">
      <Form.Item label={t('tags.column.name')} required {...missing(value.name, t('web.save.nameNeeded'))}>
        <Input aria-label={t('tags.column.name')} maxLength={40} value={value.name} placeholder={t('tags.namePlaceholder')} onChange={(event) => change({ name: event.target.value })} />
      </Form.Item>
      <Form.Item label={t('tags.column.category')}>
        <Select allowClear aria-label={t('tags.column.category')} placeholder={t('tags.uncategorised')} value={value.categoryId} options={options} onChange={(categoryId: number | undefined) => change({ categoryId: categoryId ?? null })} />
      </Form.Item>
      <Form.Item label={t('tags.column.meaning')}>
        <Input.TextArea aria-label={t('tags.column.meaning')} maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} value={value.meaning} placeholder={t('tags.meaningPlaceholder')} onChange={(event) => change({ meaning: event.target.value })} />
      </Form.Item>
      <Form.Item label={t('tags.column.owner')} required {...missing(value.owner, t('tags.ownerNeeded'))}>
        <Input aria-label={t('tags.column.owner')} maxLength={60} value={value.owner} onChange={(event) => change({ owner: event.target.value })} />
      </Form.Item>
      {(kind === 'hand' || kind === 'file') && (
        <>
          <Form.Item label={t('tags.validDays')} extra={t('tags.validHint')}>
            <InputNumber aria-label={t('tags.validDays')} min={1} max={3_650} precision={0} suffix={t('tags.days')} value={value.validDays} onChange={(validDays) => change({ validDays })} />
          </Form.Item>
          <Form.Item label={t('tags.validUntil')}>
            <DatePicker aria-label={t('tags.validUntil')} value={value.validUntil === null ? null : dayjs(value.validUntil)} onChange={(day) => change({ validUntil: day?.format('YYYY-MM-DD') ?? null })} />
          </Form.Item>
        </>
      )}
    </Form>
  );
}
