import { useTranslation } from 'react-i18next';
import { Button, DescriptionList, Popover } from '../../../../web/kit.ts';

const inWords = (value: unknown, comma: string): string =>
  Array.isArray(value) ? value.map((one) => inWords(one, comma)).join(comma) : typeof value === 'string' ? value : JSON.stringify(value);

const isEmpty = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** The details of a row, one line each, behind a button. */
export function AuditDetails({ details }: { details: Record<string, unknown> }) {
  const { t } = useTranslation('access');
  const entries = Object.entries(details).filter(([, value]) => !isEmpty(value));
  if (entries.length === 0) return null;
  return (
    <Popover trigger="click" content={<DescriptionList columns={1} items={entries.map(([label, value]) => ({ label, value: inWords(value, t('tokens.comma')) }))} />}>
      <Button type="link" size="small">{t('auditPage.show')}</Button>
    </Popover>
  );
}
