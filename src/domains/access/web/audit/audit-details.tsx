import { useTranslation } from 'react-i18next';
import { Button, DescriptionList, Popover } from '../../../../web/kit.ts';

const inWords = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The details of a row, one line each, behind a button. */
export function AuditDetails({ details }: { details: Record<string, unknown> }) {
  const { t } = useTranslation('access');
  const entries = Object.entries(details);
  if (entries.length === 0) return null;
  return (
    <Popover trigger="click" content={<DescriptionList columns={1} items={entries.map(([label, value]) => ({ label, value: inWords(value) }))} />}>
      <Button type="link" size="small">{t('auditPage.show')}</Button>
    </Popover>
  );
}
