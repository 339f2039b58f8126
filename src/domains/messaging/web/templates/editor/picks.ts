/** Something that can be put into a text. */
export interface Pick {
  group: 'fields' | 'product' | 'conditions' | 'ways';
  label: string;
  text: string;
}

/** What a text is: within a condition names stand alone, a line and an address have no snippets of many words. */
export type TextKind = 'words' | 'line' | 'condition' | 'address';

interface Field {
  name: string;
  label: string;
  kind: 'text' | 'number' | 'money' | 'date' | 'products' | 'values';
}

const written: Record<Field['kind'], (name: string, fallback: string) => string> = {
  text: (name, fallback) => `{{ ${name} | default: "${fallback}" }}`,
  number: (name) => `{{ ${name} | number | default: "0" }}`,
  money: (name) => `{{ ${name} | money }}`,
  date: (name) => `{{ ${name} | date }}`,
  products: (name) => `{% for product in ${name} limit: 3 %}{{ product.name }} {{ product.price | money }}\n{% endfor %}`,
  values: (name) => `{{ ${name}["…"] | default: "" }}`,
};

/** What may be put into a text, by what it is: within a condition names stand alone, within an address nothing is looped. */
export function picksOf(fields: readonly Field[], as: TextKind, isProduct: boolean, say: (key: string) => string): Pick[] {
  const ofFields = fields.flatMap(({ name, label, kind }): Pick[] => {
    if (name === 'last_order') return as === 'condition' ? [{ group: 'fields', label, text: 'last_order' }] : [
      { group: 'fields', label: `${label} · ${say('orderTotal')}`, text: '{{ last_order.total | money }}' },
      { group: 'fields', label: `${label} · ${say('orderAt')}`, text: '{{ last_order.at | date }}' },
      ...(as === 'words' ? [{ group: 'fields' as const, label: `${label} · ${say('orderProducts')}`, text: written.products('last_order.products', '') }] : []),
    ];
    if (as === 'condition') return [{ group: 'fields', label, text: kind === 'values' ? `${name}["…"]` : name }];
    if (kind === 'products' && as !== 'words') return [{ group: 'fields', label, text: `{{ ${name}[0].name | default: "${say('fallback')}" }}` }];
    if (as === 'address' && kind === 'text') return [{ group: 'fields', label, text: `{{ ${name} | url_encode }}` }];
    return [{ group: 'fields', label, text: written[kind](name, name === 'person.name' ? say('fallback') : '') }];
  });
  const product: Pick[] = isProduct ? ['id', 'name'].map((name) => ({ group: 'product', label: say(`product_${name}`), text: `{{ product.${name} | url_encode }}` })) : [];
  if (as === 'condition') return [...ofFields, { group: 'conditions', label: say('plain'), text: 'message.is_plain' }, ...['== "…"', '!= "…"', '> 0', 'contains "…"', 'and', 'or'].map((text): Pick => ({ group: 'conditions', label: text, text: ` ${text} ` }))];
  const brand: Pick = { group: 'fields', label: say('brand'), text: '{{ brand.name }}' };
  const conditions: Pick[] = as === 'address' ? [] : [
    { group: 'conditions', label: say('if'), text: `{% if person.city == "${say('city')}" %}…{% else %}…{% endif %}` },
    ...(as === 'words' ? [{ group: 'conditions' as const, label: say('unless'), text: '{% if recommendations.size > 0 %}…{% endif %}' }, { group: 'conditions' as const, label: say('plain'), text: '{% if message.is_plain %}…{% endif %}' }] : []),
  ];
  const ways: Pick[] = as === 'line' ? [] : (['unsubscribe', 'preferences'] as const).map((way) => ({ group: 'ways', label: say(way), text: as === 'address' ? `{{ links.${way} }}` : `[${say(way)}]({{ links.${way} }})` }));
  return [...product, ...ofFields, brand, ...conditions, ...ways];
}
