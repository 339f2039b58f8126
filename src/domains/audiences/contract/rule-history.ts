import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { maxPageSize, pageOf } from '../../../kernel/page.ts';
import { audienceParams } from './audiences.ts';

export const listAudienceRules = endpoint({
  method: 'GET',
  path: '/api/audiences/:audienceId/rules',
  summary: 'What the rule of an audience was, the newest first: who made it so, and what came of it',
  access: 'audiences.read',
  params: audienceParams,
  query: z.object({ page: z.coerce.number().int().min(1).max(1_000_000).default(1), pageSize: z.coerce.number().int().min(1).max(maxPageSize).default(20), ruleVersion: z.coerce.number().int().min(1).max(2_147_483_647).optional() }),
  reply: pageOf(z.object({
    ruleVersion: z.number().int(),
    isPresent: z.boolean(),
    rule: z.unknown(),
    /** In words of today: a tag that was renamed since has its new name. */
    sentence: z.string(),
    madeAt: z.iso.datetime(),
    madeBy: z.string(),
    /** Its people when it was made, and who came and left by it; null where nobody counted. */
    size: z.number().int().nullable(),
    entered: z.number().int().nullable(),
    left: z.number().int().nullable(),
  })),
});
