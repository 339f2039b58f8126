import { z } from 'zod';

/** A place in a body where a value stands: its name, and the body with another value there and what is required around it. */
export interface Place {
  /** `rule.parts.[].field`, with the kind of each union on the way: told apart from others of the same name. */
  name: string;
  put(value: unknown): unknown;
}

/** Values for names that are looked up: with these what stands around a place is found to be in order, and what stands there is reached. */
const likely: Record<string, unknown> = { field: 'attribute.plan', property: 'price', measure: 'days', timeZone: 'Asia/Shanghai' };

interface Schema {
  $ref?: string;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  type?: string;
  const?: unknown;
  enum?: unknown[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  minItems?: number;
  minimum?: number;
  exclusiveMinimum?: number;
  minLength?: number;
  $defs?: Record<string, Schema>;
}

/** Every place of a body however deep, derived from its schema; one that contains itself is entered once. */
export function placesOf(schema: z.ZodType | undefined): Place[] {
  if (!schema) return [];
  const whole = z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' }) as Schema;
  const resolve = (given: Schema): Schema => (given.$ref === undefined ? given : given.$ref === '#' ? whole : whole.$defs?.[given.$ref.replace('#/$defs/', '')] ?? {});
  const walk = (given: Schema, name: string, entered: readonly string[]): Place[] => {
    if (given.$ref !== undefined && entered.includes(given.$ref)) return [];
    const inside = given.$ref === undefined ? entered : [...entered, given.$ref];
    const node = resolve(given);
    const branches = node.anyOf ?? node.oneOf ?? node.allOf;
    if (branches) return branches.flatMap((branch) => walk(branch, `${name}${kindOf(resolve(branch))}`, inside));
    if (node.properties) {
      return Object.entries(node.properties).flatMap(([key, property]) => {
        const places = walk(property, `${name}.${key}`, inside);
        // The place itself, too, where what stands there is not a plain value.
        const own = isPlain(resolve(property)) ? [] : [{ name: `${name}.${key}`, put: (value: unknown) => value }];
        return [...own, ...places].map((place) => ({ name: place.name, put: (value: unknown) => ({ ...(sampleOf(node, resolve) as object), [key]: place.put(value) }) }));
      });
    }
    if (node.type === 'array') return walk(node.items ?? {}, `${name}.[]`, inside).map((place) => ({ name: place.name, put: (value) => [place.put(value)] }));
    return [{ name, put: (value) => value }];
  };
  return walk(whole, '', []);
}

const isPlain = ({ anyOf, oneOf, allOf, properties, type }: Schema): boolean => !anyOf && !oneOf && !allOf && !properties && type !== 'array';

/** Which kind of a union a branch is: its first constant. */
function kindOf({ properties = {} }: Schema): string {
  const constant = Object.values(properties).find((property) => property.const !== undefined || property.enum !== undefined);
  return constant ? `<${String(constant.const ?? constant.enum?.join('|'))}>` : '';
}

const likelyOf = (key: string, { type, enum: known }: Schema): unknown => (known ? known.find((value) => value === likely[key]) : type === 'string' ? likely[key] : undefined);

/** The smallest value that a schema may take; one that contains itself ends with an empty list. */
function sampleOf(given: Schema, resolve: (schema: Schema) => Schema, depth = 0): unknown {
  const node = resolve(given);
  if (node.const !== undefined) return node.const;
  if (node.enum) return node.enum[0];
  const branches = node.anyOf ?? node.oneOf ?? node.allOf;
  if (branches) return sampleOf(branches[0], resolve, depth + 1);
  if (node.properties) {
    const required = depth > 12 ? [] : node.required ?? [];
    return Object.fromEntries(required.map((key) => [key, likelyOf(key, resolve(node.properties?.[key] ?? {})) ?? sampleOf(node.properties?.[key] ?? {}, resolve, depth + 1)]));
  }
  switch (node.type) {
    case 'array': return Array.from({ length: node.minItems ?? 0 }, () => sampleOf(node.items ?? {}, resolve, depth + 1));
    case 'string': return 'x'.repeat(Math.max(1, node.minLength ?? 1));
    case 'integer':
    case 'number': return Math.max(1, node.minimum ?? 1, (node.exclusiveMinimum ?? 0) + 1);
    case 'boolean': return true;
    default: return null;
  }
}
