import { useTranslation } from 'react-i18next';
import { FilterSelect, Flex, useEndpoint } from '../../../../web/kit.ts';
import { listFacets } from '../../../commerce/contract.ts';
import { type FieldFilters, filteredFields, type FilteredField } from './use-field-filters.ts';

const facetOf = { channel: 'channels', region: 'regions', category: 'categories', brand: 'brands' } as const;

/** Choices of channels, regions, categories and brands for a whole report. */
export function FieldFilterBar({ filters, onChange }: { filters: FieldFilters; onChange: (field: FilteredField, values: string[]) => void }) {
  const { t } = useTranslation('insights');
  const { data: facets } = useEndpoint(listFacets, {}, { freshForMs: 300_000 });
  return (
    <Flex gap="small" wrap>
      {filteredFields.map((field) => (
        <FilterSelect
          key={field}
          filter={{
            key: field,
            label: t(`filter.${field}`),
            multiple: true,
            options: (facets?.[facetOf[field]] ?? []).map((value) => ({ value, label: value })),
          }}
          chosen={filters[field]}
          onChoose={(values) => onChange(field, values)}
        />
      ))}
    </Flex>
  );
}
