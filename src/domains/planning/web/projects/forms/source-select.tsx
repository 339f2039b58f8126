import { useTranslation } from 'react-i18next';
import { Select, useEndpoint } from '../../../../../web/kit.ts';
import { type Item, itemKinds, type ItemKindName, listItems } from '../../../contract.ts';

/** What a project can come of; those kinds that the plan has. */
const wanted = ['duty', 'strategy', 'goal', 'need'];
const kinds = (Object.keys(itemKinds) as ItemKindName[]).filter((kind) => wanted.includes(kind));

/** What the plan has that a project can come of, and how each is called. */
const useSources = (planNo: number) => useEndpoint(listItems, { params: { planNo }, query: { kinds: kinds.join(',') } }).data?.items ?? [];
const nameOf = ({ itemNo, body }: Pick<Item, 'itemNo' | 'body'>): string => String(body.name ?? body.title ?? body.text ?? itemNo);

/** What a project came of, in words; nothing where that is not in the plan any more. */
export function SourceName({ planNo, sourceNo }: { planNo: number; sourceNo: number }) {
  const { t } = useTranslation('planning');
  const source = useSources(planNo).find(({ itemNo }) => itemNo === sourceNo);
  return source ? t('projects.sourceOf', { kind: t(`kind.${source.kind}`), name: nameOf(source) }) : '–';
}

/** The duty, strategy or goal that a project comes of. */
export function SourceSelect({ planNo, id, value, onChange }: { planNo: number; id?: string; value?: number | null; onChange?: (itemNo: number | null) => void }) {
  const { t } = useTranslation('planning');
  const sources = useSources(planNo);
  const groups = kinds.map((kind) => ({
    label: t(`kind.${kind}`),
    options: sources.filter((item) => item.kind === kind).map((item) => ({ value: item.itemNo, label: nameOf(item) })),
  })).filter(({ options }) => options.length > 0);
  return <Select id={id} allowClear showSearch={{ optionFilterProp: 'label' }} value={value ?? undefined} options={groups} onChange={(next?: number) => onChange?.(next ?? null)} notFoundContent={t('projects.noSource')} />;
}
