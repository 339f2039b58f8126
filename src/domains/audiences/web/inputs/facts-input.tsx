import { useTranslation } from 'react-i18next';
import type { Facts } from '../../contract.ts';
import { AddLineFilter, LineFilters } from './line-filters.tsx';
import { AddPropertyFilter, PropertyFilters } from './property-filters.tsx';
import { useFieldList } from './use-field-list.ts';
import { WordSelect } from './word-select.tsx';

interface FactsInputProps {
  facts: Facts;
  onChange: (facts: Facts) => void;
  /** Sales less refunds is measured only: it is nothing that happens. */
  hasNet?: boolean;
}

const order = 'order:';
const event = 'event:';

/** Which facts are meant: orders, refunds, or events of a name. */
export function FactsInput({ facts, onChange, hasNet = false }: FactsInputProps) {
  const { t } = useTranslation('audiences');
  const { data } = useFieldList();
  const orders = (hasNet ? (['sale', 'refund', 'net'] as const) : (['sale', 'refund'] as const)).map((of) => ({ value: order + of, label: t(`web.facts.${of}`) }));
  const current = facts.fact === 'order' ? order + facts.of : event + facts.name;
  const labels = new Map((data?.events ?? []).map(({ name, label }) => [name, label]));
  const events = [...new Set([...labels.keys(), ...(facts.fact === 'event' ? [facts.name] : [])])]
    .map((name) => ({ value: event + name, label: t('web.facts.event', { name: labels.get(name) ?? name }) }));
  const choose = (value: string): void => {
    if (value.startsWith(event)) return onChange({ fact: 'event', name: value.slice(event.length), where: [] });
    const of = value.slice(order.length) as 'sale' | 'refund' | 'net';
    onChange({ fact: 'order', of, where: facts.fact === 'order' ? facts.where : [] });
  };
  return <WordSelect label={t('web.facts.label')} value={current} options={[...orders, ...events]} onChange={choose} />;
}

/** The first restriction, at the end of the sentence; further ones stand below it. */
export function AddFactsFilter({ facts, onChange }: FactsInputProps) {
  if (facts.where.length > 0) return null;
  if (facts.fact === 'order') return <AddLineFilter where={facts.where} onChange={(where) => onChange({ ...facts, where })} />;
  return <AddPropertyFilter where={facts.where} onChange={(where) => onChange({ ...facts, where })} />;
}

/** Of which products, at which price, with which properties. */
export function FactsFilters({ facts, onChange }: FactsInputProps) {
  if (facts.where.length === 0) return null;
  if (facts.fact === 'order') return <LineFilters where={facts.where} onChange={(where) => onChange({ ...facts, where })} />;
  return <PropertyFilters event={facts.name} where={facts.where} onChange={(where) => onChange({ ...facts, where })} />;
}
