import { z } from 'zod';
import { endpoint } from '../../../kernel/endpoint.ts';
import { answer, metricUnits, question, registryName } from './question.ts';

const words = { name: z.string(), label: z.string(), definition: z.string() };

export const readDefinitions = endpoint({
  method: 'GET',
  path: '/api/insights/definitions',
  summary: 'What every metric and dimension means, in the language of the request, and which go together',
  access: 'insights.read',
  reply: z.object({
    metrics: z.array(z.object({
      ...words,
      subject: z.string(),
      unit: z.enum(metricUnits),
      more: z.enum(['good', 'bad', 'neutral']),
      isAdditive: z.boolean(),
      hasPeople: z.boolean(),
      /** Names of the dimensions it can be told apart and narrowed by. */
      dimensions: z.array(z.string()),
    })),
    dimensions: z.array(z.object({
      ...words,
      group: z.string(),
      isTime: z.boolean(),
      /** Values to choose from where they are known beforehand; else they are looked up. */
      values: z.array(z.object({ value: z.string(), label: z.string() })).nullable(),
    })),
  }),
});

export const askQuestion = endpoint({
  method: 'POST',
  path: '/api/insights/questions',
  summary: 'Metrics by up to three dimensions: rows, and totals over all of them',
  access: 'insights.read',
  /** `fresh`: computed now, not taken from an answer to the same question about the same data. */
  body: z.object({ question, fresh: z.boolean().default(false) }),
  reply: answer,
});

export const readChoices = endpoint({
  method: 'GET',
  path: '/api/insights/choices',
  summary: 'The most frequent values of a dimension that contain a text',
  access: 'insights.read',
  query: z.object({ dimension: registryName, q: z.string().trim().max(200).default('') }),
  reply: z.object({ choices: z.array(z.object({ value: z.string(), label: z.string() })) }),
});
