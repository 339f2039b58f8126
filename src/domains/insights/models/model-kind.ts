import type { z } from 'zod';
import type { ModelStage } from '../contract/models.ts';

/** One computation of a model, from its beginning to its result. */
export interface ModelRun<P> {
  /** Under this number it keeps what it computes of people. */
  modelId: number;
  params: P;
  asOf: Date;
  /** Tells how far a stage is, from 0 to 1. Throws when somebody wants the run to end, so it is called often. */
  tell(stage: ModelStage, share: number): Promise<void>;
  signal: AbortSignal;
}

/** A heavy computation that is made in the background, kept in versions and shown with its quality. */
export interface ModelKind<P extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  /** `lifetime_value` */
  kind: string;
  /** What may be asked of it; `{}` must be valid: so it is trained by itself. */
  params: P;
  /** What is kept of a run: parameters, training window, quality. */
  result: R;
  /** How much of the work is done when each stage begins, from 0 to 1; stages it does not have are left out. */
  begins: Partial<Record<ModelStage, number>>;
  /**
   * Computes it to the end. It may be begun again under the same number after a crash. Throws a Problem with the
   * status 422 where the brand's data does not allow it: that is kept, and shown.
   */
  run(run: ModelRun<z.output<P>>): Promise<z.output<R>>;
  /** Drops what a run kept that is no longer shown. */
  forget?(modelId: number): Promise<void>;
  /** False when what a run kept of people is gone, as after the analytics database was made anew. */
  isThere?(modelId: number, result: z.output<R>): Promise<boolean>;
}

/** Keeps the literal types of a kind's schemas. */
export const modelKind = <P extends z.ZodType, R extends z.ZodType>(kind: ModelKind<P, R>): ModelKind<P, R> => kind;
