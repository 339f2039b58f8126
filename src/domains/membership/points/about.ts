/** What is stored with an entry that a sentence tells of. */
export interface Told {
  by?: string | undefined;
  reason?: string | undefined;
  document?: string | undefined;
  order?: string | undefined;
}

/** Reasons that orders leave, each with a sentence of its own. */
const ofOrders = ['order', 'refund', 'changed', 'gone', 'opening'];

/** Which sentence tells of an entry: somebody's own reason, an order's, a document, or what kind of entry it is. */
export function aboutOf(kind: string, { by, reason, document }: Told): string {
  if (by !== undefined && reason !== undefined) return 'reason';
  if (reason !== undefined && ofOrders.includes(reason) && (kind === 'earn' || kind === 'take_back')) return reason;
  if (reason !== undefined && by === undefined) return 'plain';
  return document ? 'document' : 'plain';
}
