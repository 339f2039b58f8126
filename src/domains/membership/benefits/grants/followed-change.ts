/** A change of somebody's tier, moments in milliseconds. */
export interface FollowedChange {
  changeNo: number;
  transaction: string;
  customerNo: number;
  kind: string;
  fromTier: string | null;
  toTier: string | null;
  cycleStart: number;
  at: number;
  versionNo: number;
  reason: string;
}
