import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Select, useEndpoint, useMay } from '../../../web/kit.ts';
import { listFacets, listProducts } from '../../commerce/contract.ts';
import { useSettled } from '../../audiences/web/preview/use-settled.ts';

interface CatalogueSelectProps {
  of: 'products' | 'categories' | 'channels';
  id?: string;
  value?: string[];
  onChange?: (chosen: string[]) => void;
  label?: string;
}

const pauseMs = 300;
const separators = [',', '，', '\n'];

/** Products, categories or channels out of what the shop sells, found by a part of their name; what is not in there yet can be typed all the same. */
export function CatalogueSelect({ of, id, value = [], onChange, label }: CatalogueSelectProps) {
  const { t } = useTranslation('membership');
  const mayLook = useMay('commerce.read');
  const [typed, setTyped] = useState('');
  const q = useSettled(typed.trim(), pauseMs);
  const isOfProducts = of === 'products';
  const products = useEndpoint(listProducts, { query: { pageSize: 30, ...(q === '' ? {} : { q }) } }, { enabled: mayLook && isOfProducts });
  const facets = useEndpoint(listFacets, {}, { enabled: mayLook && !isOfProducts });
  // Numbers alone say little: what was chosen before is looked up by its own number.
  const named = useEndpoint(listProducts, { query: { pageSize: 30, q: value[0] ?? '' } }, { enabled: mayLook && isOfProducts && value.length > 0 });
  const options = isOfProducts
    ? [...new Map([...(products.data?.rows ?? []), ...(named.data?.rows ?? [])].map(({ productId, name }) => [productId, { value: productId, label: name ? `${name} · ${productId}` : productId }])).values()]
    : (of === 'categories' ? facets.data?.categories : facets.data?.channels)?.map((each) => ({ value: each, label: each })) ?? [];
  return (
    <Select<string[]>
      mode="tags"
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      placeholder={t(`catalogue.${of}`)}
      tokenSeparators={separators}
      value={value}
      options={options}
      showSearch={{ filterOption: isOfProducts ? false : undefined, optionFilterProp: 'label', onSearch: (text) => setTyped(text.slice(0, 100)) }}
      popupMatchSelectWidth={false}
      loading={products.isFetching}
      style={{ minWidth: 240, maxWidth: '100%' }}
      onChange={(chosen) => {
        setTyped('');
        onChange?.(chosen);
      }}
    />
  );
}
