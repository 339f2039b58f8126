import { useTranslation } from 'react-i18next';
import { RankChart, Section, Stack, StatGrid, StatTile, Typography, useFormat } from '../../../../web/kit.ts';
import type { TreeResult } from '../../contract.ts';

/** How good the tree is by people it has not learnt from, what it asks most, and how it was made. */
export function QualitySection({ result: { quality, importance, heldOut, trained, sizes, chosen } }: { result: TreeResult }) {
  const { t } = useTranslation('insights');
  const format = useFormat();
  const { auc, aucError, aucByRecency, accuracy, accuracyBaseline, explained } = quality;
  const nameOf = (key: string): string => {
    const [family, ...value] = key.split(':');
    return value.length === 0 ? t(`tree.feature.${family}`) : t('tree.featureOf', { family: t(`tree.feature.${family}`), value: value.join(':') });
  };
  return (
    <Section title={t('tree.quality.title')}>
      <Stack>
        <StatGrid>
          {auc !== null && <StatTile label="AUC" value={format.number(auc, 3)} definition={t('tree.quality.auc', { error: format.number(1.96 * (aucError ?? 0), 3), baseline: format.number(aucByRecency, 3) })} />}
          {accuracy !== null && <StatTile label={t('tree.quality.accuracyLabel')} value={format.percent(accuracy, 1)} definition={t('tree.quality.accuracy', { baseline: format.percent(accuracyBaseline, 1) })} />}
          <StatTile label={t('tree.quality.explainedLabel')} value={format.percent(Math.max(0, explained), 1)} definition={t('tree.quality.explained')} />
          <StatTile label={t('tree.quality.heldOutLabel')} value={format.number(heldOut)} definition={t('tree.quality.heldOut', { trained: format.number(trained) })} />
        </StatGrid>
        {auc !== null && <Typography.Text type="secondary">{t('tree.quality.aucNote', { auc: format.number(auc, 3), baseline: format.number(aucByRecency, 3) })}</Typography.Text>}
        {importance.length > 0 && <RankChart title={t('tree.importance')} heading={t('tree.asked')} unit="percent" items={importance.slice(0, 12).map(({ key, share }) => ({ label: nameOf(key), value: share }))} />}
        <Typography.Paragraph type="secondary">{t('tree.quality.made', { leaves: sizes[chosen]?.leaves ?? 1, most: sizes[0]?.leaves ?? 1 })}</Typography.Paragraph>
      </Stack>
    </Section>
  );
}
