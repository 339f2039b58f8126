/** Why somebody is on the list of those that nothing goes to. */
export const suppressionReasons = ['hard_bounce', 'complaint', 'by_hand', 'imported'] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];
