import { useTranslation } from 'react-i18next';
import { Select, useEndpoint } from '../../../../../web/kit.ts';
import { itemKinds, type ItemKindName, listItems } from '../../../contract.ts';

/** What a project can come of; those kinds that the plan has. */
const wanted = ['duty', 'strategy', 'goal', 'need'];
const kinds = (Object.keys(itemKinds) as ItemKindName[]).filter((kind) => wanted.includes(kind));

/** The duty, strategy or goal that a project comes of. */
export function SourceSelect({ planNo, id, value, onChange }: { planNo: number; id?: string; value?: number | null; onChange?: (itemNo: number | null) => void }) {
  const { t } = useTranslation('planning');
  const { data } = useEndpoint(listItems, { params: { planNo }, query: { kinds: kinds.join(',') } });
  const groups = kinds.map((kind) => ({
    label: t(`kind.${kind}`),
    options: (data?.items ?? []).filter((item) => item.kind === kind).map(({ itemNo, body }) => ({ value: itemNo, label: String(body.name ?? body.title ?? body.text ?? itemNo) })),
  })).filter(({ options }) => options.length > 0);
  return <Select id={id} allowClear showSearch={{ optionFilterProp: 'label' }} value={value ?? undefined} options={groups} onChange={(next?: number) => onChange?.(next ?? null)} notFoundContent={t('projects.noSource')} />;
}
