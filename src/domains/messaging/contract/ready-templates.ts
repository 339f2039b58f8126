import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { templateContent } from './content.ts';
import { channelKinds, messagePurposes } from './vocabulary.ts';

/** Templates that a consumer brand begins with. */
export const readyTemplateKeys = ['welcome', 'abandoned_cart', 'repurchase', 'birthday', 'points_expiring', 'tier_up', 'abandoned_cart_sms', 'points_expiring_sms'] as const;
export type ReadyTemplateKey = (typeof readyTemplateKeys)[number];

export const listReadyTemplates = endpoint({
  method: 'GET', path: '/api/message-templates/ready-made', summary: 'Templates to begin with, in every language', access: 'messaging.read',
  reply: z.object({
    templates: z.array(z.object({ key: z.enum(readyTemplateKeys), name: z.string(), channel: z.enum(channelKinds), purpose: z.enum(messagePurposes), category: z.string(), content: templateContent })),
  }),
});
