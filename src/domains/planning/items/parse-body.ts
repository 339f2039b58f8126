import { Problem } from '../../../kernel/problem.ts';
import { fieldFault } from '../../../platform/http/field-fault.ts';
import { itemKinds, type ItemKindName } from '../contract.ts';

/** A body as its kind wants it. Throws `planning.item_refused`. */
export function parseBody(kind: ItemKindName, body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const parsed = itemKinds[kind].body.strict().safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Problem('planning.item_refused', { status: 422, fields: parsed.error.issues.map((issue) => fieldFault('body', body, issue)) });
}
