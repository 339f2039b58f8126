import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Checkbox, EditorLayout, InlineControls, InlineWord, Section, SegmentedControl, Stack } from '../../../../../web/kit.ts';
import { labelsOf, type Tiers } from '../../../contract.ts';
import { ExactInput } from '../../inputs/comparison-input.tsx';
import { evenShares, newDefinition, tiersBy } from './edited-tag.ts';
import type { DefinitionProps } from './rule-definition.tsx';
import { TierLines } from './tier-lines.tsx';
import { TierRules } from './tier-rules.tsx';
import { TiersPreview } from './tiers-preview.tsx';
import { ValueInput } from './value-input.tsx';

const ways = ['shares', 'limits', 'rules'] as const;

/** Tiers of which a person is in one at most: by shares, by limits of a number, or by rules in order. */
export function TiersDefinition({ initial, labels, header, fields, isStrict, onChange }: DefinitionProps & { initial: Tiers | null; labels: [string, string, string] }) {
  const { t } = useTranslation('audiences');
  const [tiers, setTiers] = useState<Tiers>(() => initial ?? (newDefinition('tiers', labels) as { tiers: Tiers }).tiers);
  const change = (next: Tiers): void => {
    setTiers(next);
    onChange({ kind: 'tiers', tiers: next });
  };
  useEffect(() => onChange({ kind: 'tiers', tiers }), []);
  return (
    <EditorLayout header={header} effect={<TiersPreview tiers={tiers} />} brief={null}>
      <Stack>
        {fields}
        <Section title={t('tags.tier.title')}>
          <Stack>
            <SegmentedControl label={t('tags.tier.by')} value={tiers.by} options={ways.map((value) => ({ value, label: t(`tags.tier.by_${value}`) }))} onChange={(by) => change(tiersBy(by, tiers, labelsOf(tiers)))} />
            <span>{t(`tags.tier.hint_${tiers.by}`)}</span>
            {tiers.by === 'rules' ? <TierRules tiers={tiers.tiers} isStrict={isStrict} onChange={(next) => change({ by: 'rules', tiers: next })} /> : <ByValue tiers={tiers} onChange={change} />}
          </Stack>
        </Section>
      </Stack>
    </EditorLayout>
  );
}

type Valued = Exclude<Tiers, { by: 'rules' }>;

function ByValue({ tiers, onChange }: { tiers: Valued; onChange: (tiers: Tiers) => void }) {
  const { t } = useTranslation('audiences');
  const relabelled = (labels: string[]): Tiers =>
    tiers.by === 'limits'
      ? { ...tiers, labels, limits: labels.slice(1).map((_, i) => tiers.limits[i] ?? '') }
      : { ...tiers, labels, shares: labels.length === tiers.shares.length ? tiers.shares : evenShares(labels.length) };
  return (
    <>
      <ValueInput of={tiers.of} hasMeasures={tiers.by === 'limits'} onChange={(of) => onChange({ ...tiers, of } as Tiers)} />
      <InlineControls>
        <Checkbox checked={tiers.over !== null} onChange={(event) => onChange({ ...tiers, over: event.target.checked ? '0' : null })}>{t('tags.tier.over')}</Checkbox>
        {tiers.over !== null && <ExactInput label={t('tags.tier.over')} value={tiers.over} onChange={(over) => onChange({ ...tiers, over })} />}
        {tiers.over !== null && <InlineWord>{t('tags.tier.overEnd')}</InlineWord>}
      </InlineControls>
      <TierLines
        labels={tiers.labels}
        onLabels={(labels) => onChange(relabelled(labels))}
        unit={tiers.by === 'shares' ? 'share' : 'limit'}
        values={tiers.by === 'shares' ? tiers.shares.map(String) : ['', ...tiers.limits]}
        onValues={(values) => onChange(tiers.by === 'shares' ? { ...tiers, shares: values.map(Number) } : { ...tiers, limits: values.slice(1) })}
      />
    </>
  );
}
