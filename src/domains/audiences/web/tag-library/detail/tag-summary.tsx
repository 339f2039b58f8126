import { useTranslation } from 'react-i18next';
import { DescriptionList, RankChart, Section, Sentence, Stack, StatGrid, StatTile, useEndpoint, useFormat } from '../../../../../web/kit.ts';
import { listTagCategories, previewRule, rule as ruleSchema, type TagDetail } from '../../../contract.ts';
import { useValidity } from '../library/use-validity.ts';

/** How many have it, how many of all that is, how fresh it is; what it means and who answers for it. */
export function TagSummary({ tag }: { tag: TagDetail }) {
  const { t } = useTranslation('audiences');
  const format = useFormat();
  const validity = useValidity();
  const { data } = useEndpoint(listTagCategories);
  const category = data?.categories.find(({ categoryId }) => categoryId === tag.categoryId)?.name ?? null;
  return (
    <Stack>
      <StatGrid>
        <StatTile label={t('tags.size')} value={format.number(tag.size)} unit={t('web.count.people')} {...(tag.freshAt === null ? {} : { computedAt: tag.kind === 'hand' ? tag.computedAt : tag.freshAt })} />
        <StatTile label={t('tags.share')} definition={t('tags.shareMeans', { base: format.number(tag.base) })} value={tag.share === null ? '–' : format.percent(tag.share, 2)} />
        <StatTile label={t('tags.column.freshAt')} definition={t(`tags.freshMeans.${tag.kind}`)} value={tag.freshAt === null ? t('tags.never') : format.relative(tag.freshAt)} />
        <StatTile label={t('tags.column.uses')} value={tag.uses.length === 0 ? t('tags.unused') : t('tags.useCount', { count: tag.uses.length })} />
      </StatGrid>
      {tag.tiers.length > 0 && (
        <Section>
          <RankChart title={t('tags.tier.people')} heading={t('tags.tier.title')} items={tag.tiers.map(({ label, from, size }) => ({ label: from === null ? label : t('tags.tier.labelFrom', { label, from: format.number(Number(from), 4) }), value: size }))} heightPx={80 + 34 * tag.tiers.length} />
        </Section>
      )}
      <Section title={t('tags.about')}>
        <Stack>
          <RuleSentence definition={tag.definition} />
          <DescriptionList
            items={[
              { label: t('tags.column.meaning'), value: tag.meaning || null },
              { label: t('tags.column.category'), value: category },
              { label: t('tags.column.owner'), value: tag.owner || null },
              { label: t('tags.column.valid'), value: validity(tag) },
            ]}
          />
        </Stack>
      </Section>
    </Stack>
  );
}

/** The rule that keeps it up, in words. */
function RuleSentence({ definition }: { definition: unknown }) {
  const parsed = ruleSchema.safeParse((definition as { rule?: unknown }).rule);
  const { data } = useEndpoint(previewRule, { body: { rule: parsed.success ? parsed.data : { kind: 'group', match: 'any', parts: [] } } }, { enabled: parsed.success });
  return data === undefined ? null : <Sentence>{data.sentence}</Sentence>;
}
