import { z } from 'zod';
import { importCounts } from './counts.ts';

/** What the worker is doing: reading rows, making them visible, or adding up. */
export const importPhases = ['reading', 'publishing', 'summing', 'undoing'] as const;

export const importProgress = z.object({
  phase: z.enum(importPhases),
  counts: importCounts,
  /** Bytes of the file as it lies on disk. */
  bytesRead: z.number().int(),
  bytesTotal: z.number().int(),
  rowsPerSecond: z.number().int(),
  /** Until the reading ends; null before there is a rate. */
  secondsLeft: z.number().int().nullable(),
  at: z.iso.datetime(),
});
export type ImportProgress = z.infer<typeof importProgress>;

/** The rate and what is left, from what was read since `startedMs`. */
export function rateOf(rows: number, bytesRead: number, bytesTotal: number, startedMs: number, nowMs: number): Pick<ImportProgress, 'rowsPerSecond' | 'secondsLeft'> {
  const seconds = (nowMs - startedMs) / 1_000;
  if (seconds <= 0 || bytesRead === 0) return { rowsPerSecond: 0, secondsLeft: null };
  const secondsLeft = Math.ceil((seconds * Math.max(0, bytesTotal - bytesRead)) / bytesRead);
  return { rowsPerSecond: Math.round(rows / seconds), secondsLeft };
}
