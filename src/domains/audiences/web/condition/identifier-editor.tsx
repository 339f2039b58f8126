import { useTranslation } from 'react-i18next';
import { InlineControls, InlineWord } from '../../../../web/kit.ts';
import { byStrength, type IdentifierKind } from '../../../customers/contract.ts';
import { WordsSelect } from '../inputs/word-select.tsx';
import type { ConditionProps } from './condition-of.ts';
import { MatchSelect } from './match-select.tsx';

/** `Is known by any of phone, mail address`. */
export function IdentifierEditor({ condition, onChange }: ConditionProps<'identifier'>) {
  const { t } = useTranslation(['audiences', 'customers']);
  return (
    <InlineControls>
      <InlineWord isStrong>{t('web.identifier.has')}</InlineWord>
      <MatchSelect match={condition.match} onChange={(match) => onChange({ ...condition, match })} />
      <WordsSelect<IdentifierKind>
        label={t('web.identifier.kinds')}
        values={condition.identifiers}
        options={byStrength.map((value) => ({ value, label: t(`customers:kind.${value}`) }))}
        onChange={(identifiers) => onChange({ ...condition, identifiers })}
      />
    </InlineControls>
  );
}
