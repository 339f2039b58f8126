import { useTranslation } from 'react-i18next';
import { Section, Stack, Typography } from '../../../../../web/kit.ts';
import { labelsOf, type Tiers } from '../../../contract.ts';

/** The tiers in words, the lowest first; how many are in each is told once the tag is kept. */
export function TiersPreview({ tiers }: { tiers: Tiers }) {
  const { t } = useTranslation('audiences');
  const words = labelsOf(tiers).map((label, i, labels) => {
    if (tiers.by === 'rules') return t('tags.tier.says_rule', { label, no: i + 1 });
    if (tiers.by === 'shares') return t(i === 0 ? 'tags.tier.says_lowest' : i === labels.length - 1 ? 'tags.tier.says_highest' : 'tags.tier.says_middle', { label, share: tiers.shares[i] ?? 0 });
    const [from, to] = [i === 0 ? tiers.over : tiers.limits[i - 1], tiers.limits.at(i)];
    if (from === null) return t('tags.tier.says_below', { label, to });
    if (i === 0) return t('tags.tier.says_over', { label, from, to });
    return to === undefined ? t('tags.tier.says_from', { label, from }) : t('tags.tier.says_between', { label, from, to });
  });
  return (
    <Section title={t('tags.tier.means')}>
      <Stack>
        {words.map((word, i) => <div key={i}>{word}</div>)}
        <Typography.Text type="secondary">{t('tags.tier.oneAtMost')}</Typography.Text>
      </Stack>
    </Section>
  );
}
