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
const separators = [',', '，', '\n', '\t'];
const mostTyped = 100;

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
  // A product is chosen by its name; numbers that were copied from a list come with something between them, and are taken as they are.
  const search = (text: string): void => {
    const isPasted = isOfProducts && separators.some((each) => text.includes(each));
    if (isPasted) onChange?.([...new Set([...value, ...text.split(/[,，\n\t]/).map((each) => each.trim()).filter((each) => each !== '')])]);
    setTyped(isPasted ? '' : text.slice(0, mostTyped));
  };
  return (
    <Select<string[]>
      mode={isOfProducts && mayLook ? 'multiple' : 'tags'}
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      placeholder={t(`catalogue.${of}`)}
      {...(isOfProducts && mayLook ? {} : { tokenSeparators: separators })}
      value={value}
      options={options}
      showSearch={{ filterOption: isOfProducts ? false : undefined, optionFilterProp: 'label', searchValue: typed, onSearch: search }}
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
