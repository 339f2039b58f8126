import { useTranslation } from 'react-i18next';
import { Checkbox, Flex, Input, Select } from '../../../../web/kit.ts';
import { consentChannels, consentPurposes } from '../../../customers/contract.ts';
import { fieldOf } from '../../mapping/fields.ts';
import { attributeTypes, type ColumnMapping } from '../../mapping/mapping.ts';
import { type Draft, withOptions } from './draft.ts';

interface ColumnOptionsProps {
  draft: Draft;
  mapped: ColumnMapping;
  /** Some of the values end in `.0`, as a spreadsheet writes numbers of people and orders. */
  hasFloats: boolean;
  onDraft: (draft: Draft) => void;
}

/** What else has to be said of a column with this meaning. */
export function ColumnOptions({ draft, mapped, hasFloats, onDraft }: ColumnOptionsProps) {
  const { t } = useTranslation('collect');
  const change = (options: Partial<ColumnMapping>): void => onDraft(withOptions(draft, mapped.column, options));
  const { attribute, consent } = mapped;
  if (attribute) {
    return (
      <Flex gap="small" wrap>
        <Input
          aria-label={t('imports.map.attributeName')}
          value={attribute.name}
          maxLength={64}
          onChange={(event) => change({ attribute: { ...attribute, name: event.target.value } })}
        />
        <Select
          aria-label={t('imports.map.attributeType')}
          value={attribute.type}
          options={attributeTypes.map((value) => ({ value, label: t(`imports.attributeType.${value}`) }))}
          onChange={(type) => change({ attribute: { ...attribute, type } })}
        />
      </Flex>
    );
  }
  if (consent) {
    return (
      <Flex gap="small" wrap>
        <Select
          aria-label={t('imports.map.consentChannel')}
          value={consent.channel}
          options={consentChannels.map((value) => ({ value: value as string, label: t(`imports.consentChannel.${value}`) }))}
          onChange={(channel) => change({ consent: { ...consent, channel } })}
        />
        <Select
          aria-label={t('imports.map.consentPurpose')}
          value={consent.purpose}
          options={consentPurposes.map((value) => ({ value: value as string, label: t(`imports.consentPurpose.${value}`) }))}
          onChange={(purpose) => change({ consent: { ...consent, purpose } })}
        />
      </Flex>
    );
  }
  if (fieldOf(draft.kind, mapped.field)?.type !== 'id' || !(hasFloats || mapped.wholeNumber)) return null;
  return (
    <Checkbox checked={mapped.wholeNumber === true} onChange={(event) => change({ wholeNumber: event.target.checked })}>
      {t('imports.map.wholeNumber')}
    </Checkbox>
  );
}
