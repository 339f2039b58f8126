import { useTranslation } from 'react-i18next';
import { currentLocale, Flex, Form, Input, Select } from '../../../../../web/kit.ts';
import { type BenefitDefinition, type BenefitKind, benefitKinds, type ShownTier } from '../../../contract.ts';
import { newPromise } from './draft.ts';

interface AboutFieldsProps {
  draft: BenefitDefinition;
  tiers: ShownTier[];
  isNew: boolean;
  isStrict: boolean;
  onChange: (part: Partial<BenefitDefinition>) => void;
}

const languages = ['zh-CN', 'zh-TW', 'en'] as const;

/** What it is called, of which kind it is, and to which tiers it belongs. */
export function AboutFields({ draft, tiers, isNew, isStrict, onChange }: AboutFieldsProps) {
  const { t } = useTranslation('membership');
  const word = (key: string): string => t(`benefits.field.${key}`);
  const isUnnamed = !languages.some((language) => draft.names[language]);
  const problem = (isWrong: boolean, help: string): { validateStatus?: 'error'; help?: string } => (isStrict && isWrong ? { validateStatus: 'error', help } : {});
  return (
    <Form layout="vertical" component="div" requiredMark="optional">
      <Form.Item required label={t('benefits.column.kind')} extra={isNew ? undefined : word('kindFixed')}>
        <Select<BenefitKind>
          aria-label={t('benefits.column.kind')}
          disabled={!isNew}
          value={draft.promise.kind}
          options={benefitKinds.map((value) => ({ value, label: t(`benefits.kind.${value}`) }))}
          onChange={(kind) => onChange({ promise: newPromise(kind) })}
        />
      </Form.Item>
      <Flex gap="middle" wrap>
        {languages.map((language) => (
          <Form.Item key={language} style={{ flex: '1 1 180px' }} required={language === currentLocale()} label={word(`name_${language}`)} {...problem(isUnnamed, word('nameNeeded'))}>
            <Input
              aria-label={word(`name_${language}`)}
              maxLength={60}
              value={draft.names[language] ?? ''}
              onChange={(event) => onChange({ names: { ...draft.names, [language]: event.target.value === '' ? undefined : event.target.value } })}
            />
          </Form.Item>
        ))}
      </Flex>
      <Form.Item required label={t('benefits.column.tiers')} {...problem(draft.tiers.length === 0, word('tiersNeeded'))}>
        <Select
          mode="multiple"
          aria-label={t('benefits.column.tiers')}
          value={draft.tiers}
          options={tiers.map(({ key, name }) => ({ value: key, label: name }))}
          onChange={(chosen: string[]) => onChange({ tiers: chosen })}
        />
      </Form.Item>
      <Form.Item label={word('notes')}>
        <Input.TextArea aria-label={word('notes')} maxLength={500} autoSize={{ minRows: 1, maxRows: 4 }} value={draft.notes} placeholder={word('notesPlaceholder')} onChange={(event) => onChange({ notes: event.target.value })} />
      </Form.Item>
    </Form>
  );
}
