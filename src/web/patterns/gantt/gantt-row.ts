/** Something with days; without them it is listed and has no bar. */
export interface GanttRow {
  key: string;
  name: string;
  from: string | null;
  to: string | null;
  /** The day it will be done as things stand. */
  ends: string | null;
  isMilestone: boolean;
  isDone: boolean;
  isCritical: boolean;
  isMovable: boolean;
  dependsOn: readonly string[];
  /** What stands behind its bar. */
  note?: string;
}
