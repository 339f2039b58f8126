import type { RfmSegment } from '../../contract/rfm.ts';

/** A fifth of all buyers, 1 the lowest. */
export type Score = 1 | 2 | 3 | 4 | 5;

/** By recency (rows, 5 to 1) and by frequency and value together (columns, 1 to 5). */
const grid: Record<Score, readonly RfmSegment[]> = {
  5: ['new_customers', 'potential_loyalist', 'potential_loyalist', 'champions', 'champions'],
  4: ['promising', 'potential_loyalist', 'potential_loyalist', 'loyal', 'loyal'],
  3: ['about_to_sleep', 'about_to_sleep', 'need_attention', 'loyal', 'loyal'],
  2: ['hibernating', 'hibernating', 'at_risk', 'at_risk', 'cannot_lose'],
  1: ['lost', 'lost', 'at_risk', 'at_risk', 'cannot_lose'],
};

export const scores: readonly Score[] = [1, 2, 3, 4, 5];

/** Frequency and value as one score: their mean, the half upwards. */
export const worthOf = (frequency: Score, value: Score): Score => Math.ceil((frequency + value) / 2) as Score;

/** The segment of who has this recency and this worth. */
export const segmentAt = (recency: Score, worth: Score): RfmSegment => grid[recency][worth - 1];

/** The segment of a buyer by three scores. */
export const rfmSegmentOf = (recency: Score, frequency: Score, value: Score): RfmSegment => segmentAt(recency, worthOf(frequency, value));
