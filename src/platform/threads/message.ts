/** What goes to a thread and comes back from it. */
export interface Asked<Q> {
  id: number;
  question: Q;
}

export type Answered<A> = { id: number } & ({ answer: A } | { failed: Failure });

/** A problem keeps its code on its way between threads; anything else its words. */
export interface Failure {
  message: string;
  problem: { code: string; status: number; retryAfterSeconds: number | undefined } | null;
}
