/** The server door of the audiences domain. */
export { type Audiences, createAudiences, type FoundPeople } from './audiences.ts';
export { changeLimits, type KeptLimits, limitsHistory, readLimits } from './make-up/rfm/kept-limits.ts';
export { readRfmLimits } from './make-up/rfm/limits.ts';
export { type Cuts, cutPlace, type Measured, measuredNow, readCuts, readScores, type Scored, scoresSql, shownCuts, withOwn } from './make-up/rfm/read-scores.ts';
export { rfmSegmentOf, type Score, segmentAt, worthOf } from './make-up/rfm/segments.ts';
export type { TagUser, TagUseSource } from './tag-library/uses/uses.ts';
export type { AudienceField, FieldType } from './fields/field.ts';
export type { AudienceUseSource } from './stored/keeping/uses.ts';
export { type AudienceChange, followAudience, takeChanges, unfollowAudience } from './stored/changes/take-changes.ts';
export { Bindings } from './set/bindings.ts';
export { factsSql } from './set/facts-sql.ts';
export { resolveFacts } from './resolve/resolve.ts';
export { aucError, aucOf } from './expansion/model/ranking.ts';
