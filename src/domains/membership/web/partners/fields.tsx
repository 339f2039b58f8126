import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLocale, DatePicker, FileDrop } from '../../../../web/kit.ts';

/** Days are written here as everywhere else. */
const shownFormat = { 'zh-CN': 'YYYY/MM/DD', 'zh-TW': 'YYYY/MM/DD', en: 'MMM D, YYYY' } as const;

/** A day of a form as `2026-06-18`, without a time or a place. */
export function DayField({ id, value, onChange }: { id?: string; value?: string | null; onChange?: (day: string | null) => void }) {
  return <DatePicker {...(id === undefined ? {} : { id })} format={[shownFormat[currentLocale()], 'YYYY-MM-DD']} value={value ? dayjs(value) : null} onChange={(day: dayjs.Dayjs | null) => onChange?.(day ? day.format('YYYY-MM-DD') : null)} style={{ width: '100%' }} />;
}

/** The last day on which something is good that ends at the first moment of the next. */
export const lastDay = (endsAt: string | null): Date | null => (endsAt === null ? null : new Date(Date.parse(endsAt) - 1));

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
