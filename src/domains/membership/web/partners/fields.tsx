import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DatePicker, FileDrop } from '../../../../web/kit.ts';

/** A day of a form as `2026-06-18`, without a time or a place. */
export function DayField({ value, onChange }: { value?: string | null; onChange?: (day: string | null) => void }) {
  return <DatePicker value={value ? dayjs(value) : null} onChange={(day: dayjs.Dayjs | null) => onChange?.(day ? day.format('YYYY-MM-DD') : null)} style={{ width: '100%' }} />;
}

/** A file of a form as its text. */
export function FileText({ onChange, hint }: { onChange?: (text: string) => void; hint: string }) {
  const { t } = useTranslation('membership');
  const [chosen, setChosen] = useState<string | null>(null);
  const read = async (file: File): Promise<void> => {
    setChosen(file.name);
    onChange?.(await file.text());
  };
  return <FileDrop accept=".csv,.txt" hint={chosen === null ? hint : t('partners.fileChosen', { name: chosen })} onFile={(file) => void read(file)} />;
}
