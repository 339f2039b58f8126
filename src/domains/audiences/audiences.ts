import { notFound } from '../../kernel/problem.ts';
import type { Route } from '../../platform/http/route.ts';
import { createSay } from '../../platform/i18n.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Customers } from '../customers/public.ts';
import type { AudienceField } from './fields/field.ts';
import { createFieldRegistry } from './fields/registry.ts';
import { makeUpRoutes } from './make-up/routes.ts';
import { previewRoutes } from './preview/routes.ts';
import { createSentences, namesFrom } from './sentence/sentences.ts';
import { createDataVersions } from './set/data-versions.ts';
import { createSetEvaluator } from './set/evaluator.ts';

export interface Audiences {
  routes: Route[];
  /** Makes a field of another domain one that rules can ask for. */
  registerField(field: AudienceField): void;
}

/** Who is meant: rules, the people they mean, and what is kept of them. */
export function createAudiences(platform: Platform, customers: Customers): Audiences {
  const { pg } = platform;
  const say = createSay();
  const fields = createFieldRegistry();
  const stored = {
    members: async (audienceId: number) => { throw notFound('audiences.not_found', { audienceId }); },
    list: async (listId: number) => { throw notFound('audiences.list_not_found', { listId }); },
    tag: async () => null,
  };
  const versions = createDataVersions(pg);
  const evaluator = createSetEvaluator(platform, versions, stored);
  const sentences = createSentences(say, fields, {
    tags: namesFrom(pg, 'select tag_id as id, name from tag where tag_id = any($1::int[])'),
    audiences: async () => new Map(),
    lists: async () => new Map(),
  });
  const tags = async () => (await pg.query<{ tagId: number; name: string }>('select tag_id as "tagId", name from tag order by name limit 2000')).rows;
  return {
    routes: [
      ...previewRoutes({ platform, vault: customers.vault, fields, evaluator, sentences, say, tags }),
      ...makeUpRoutes({ platform, fields, evaluator, versions }, say),
    ],
    registerField: fields.register,
  };
}
