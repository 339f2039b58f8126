import { z } from 'zod';
import type { Endpoint } from '../../kernel/endpoint.ts';

/** The OpenAPI 3.1 document of the given endpoints, derived from their schemas. */
export function openApi(endpoints: Endpoint[], version: string): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const e of endpoints) {
    const path = e.path.replace(/:(\w+)/g, '{$1}');
    paths[path] ??= {};
    paths[path][e.method.toLowerCase()] = {
      summary: e.summary,
      tags: [e.path.split('/')[2] ?? 'api'],
      'x-access': e.access,
      parameters: [...parameters(e.params, 'path'), ...parameters(e.query, 'query')],
      ...(e.body ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(e.body) } } } } : {}),
      responses: {
        [e.status ?? 200]: { description: 'Done', content: { 'application/json': { schema: schemaOf(e.reply) } } },
        default: { description: 'A problem (RFC 9457)', content: { 'application/problem+json': {} } },
      },
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Perennial', version },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'perennial_session' } } },
    security: [{ token: [] }, { session: [] }],
    paths,
  };
}

const schemaOf = (schema: z.ZodType): object => z.toJSONSchema(schema, { unrepresentable: 'any', io: 'input' });

function parameters(schema: z.ZodType | undefined, place: 'path' | 'query'): object[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemaOf(schema) as { properties?: Record<string, object>; required?: string[] };
  return Object.entries(properties).map(([name, property]) => ({ name, in: place, required: place === 'path' || required.includes(name), schema: property }));
}
