import { useTranslation } from 'react-i18next';
import { Flex, Progress, Typography, useFormat } from '../../../../../web/kit.ts';
import type { LibraryTag } from '../../../contract.ts';

/** How many have a tag, their share of everybody, and of tiers how many are in each. */
export function Coverage({ tag }: { tag: Pick<LibraryTag, 'size' | 'share' | 'tiers'> }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const tiers = tag.tiers.map((tier) => t('tags.tierShare', { label: tier.label, share: format.percent(tier.share ?? 0, 0) })).join(' · ');
  return (
    <Flex vertical>
      <Flex gap="small" align="baseline" justify="space-between">
        <span>{format.number(tag.size)}</span>
        <Typography.Text type="secondary">{tag.share === null ? '–' : format.percent(tag.share, 1)}</Typography.Text>
      </Flex>
      <Progress percent={(tag.share ?? 0) * 100} showInfo={false} size="small" aria-label={t('tags.column.size')} />
      {tiers !== '' && <Typography.Text type="secondary"><small>{tiers}</small></Typography.Text>}
    </Flex>
  );
}
