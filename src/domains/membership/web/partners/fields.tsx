import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FileDrop } from '../../../../web/kit.ts';

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
