import { useTranslation } from 'react-i18next';
import { Flex, Select, useEndpoint } from '../../../../web/kit.ts';
import { listAudiences } from '../../../audiences/contract.ts';
import { useFieldList } from '../../../audiences/web/inputs/use-field-list.ts';
import { type FunnelSplit, splitKinds } from '../../contract.ts';

/** By what people are divided; a tag or an audience is chosen beside. */
export function SplitSelect({ split, onChange }: { split: FunnelSplit; onChange: (split: FunnelSplit) => void }) {
  const { t } = useTranslation('insights');
  const { data: fields } = useFieldList();
  const { data: audiences } = useEndpoint(listAudiences, { query: { pageSize: '100' } });
  const tags = (fields?.tags ?? []).map(({ tagId, name }) => ({ value: tagId, label: name }));
  const groups = (audiences?.rows ?? []).map(({ audienceId, name }) => ({ value: audienceId, label: name }));
  const choose = (by: FunnelSplit['by']): void => {
    if (by === 'tag') onChange({ by, tagId: tags[0].value });
    else if (by === 'audience') onChange({ by, audienceId: groups[0].value });
    else onChange({ by });
  };
  const offered = splitKinds.filter((kind) => (kind !== 'tag' || tags.length > 0) && (kind !== 'audience' || groups.length > 0));
  return (
    <Flex gap="small" wrap>
      <Select<FunnelSplit['by']> aria-label={t('funnel.split.label')} value={split.by} popupMatchSelectWidth={false} options={offered.map((value) => ({ value, label: t(`funnel.divide.${value}`) }))} onChange={choose} />
      {split.by === 'tag' && <Select showSearch optionFilterProp="label" aria-label={t('funnel.split.tag')} value={split.tagId} options={tags} popupMatchSelectWidth={false} onChange={(tagId) => onChange({ by: 'tag', tagId })} />}
      {split.by === 'audience' && <Select showSearch optionFilterProp="label" aria-label={t('funnel.split.audience')} value={split.audienceId} options={groups} popupMatchSelectWidth={false} onChange={(audienceId) => onChange({ by: 'audience', audienceId })} />}
    </Flex>
  );
}
