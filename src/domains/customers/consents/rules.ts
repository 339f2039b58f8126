/** A statement of a person, of the number it was recorded under. */
export interface Statement {
  customerNo: number;
  granted: boolean;
  at: Date;
}

/** A number of a lineage: whom it became part of, and when. The root has no survivor. */
export interface LineagePart {
  customerNo: number;
  survivorNo: number | null;
  mergedAt: Date | null;
}

/**
 * What counts for a person about one channel and purpose. A number's newest statement counts, a
 * refusal when two are of the same moment. Of people who were merged the stricter counts, until the
 * survivor says something after the merge: that is then said by the whole person. Undefined where
 * nothing was said.
 */
export function evaluateConsent(statements: readonly Statement[], lineage: readonly LineagePart[]): { decisive: Statement; stricterKept: boolean } | undefined {
  const root = lineage.find((part) => part.survivorNo === null);
  const candidates = root ? candidatesOf(root.customerNo, statements, lineage) : [];
  const strictest = candidates.reduce<Statement | undefined>((found, next) => (found ? stricter(found, next) : next), undefined);
  return strictest && { decisive: strictest, stricterKept: !strictest.granted && candidates.some((c) => c.granted) };
}

/** What counts of a number and of everybody who became part of it. */
function candidatesOf(customerNo: number, statements: readonly Statement[], lineage: readonly LineagePart[]): Statement[] {
  const own = newest(statements.filter((s) => s.customerNo === customerNo));
  const absorbed = lineage
    .filter((part) => part.survivorNo === customerNo)
    .filter((part) => !own || !part.mergedAt || own.at < part.mergedAt)
    .flatMap((part) => candidatesOf(part.customerNo, statements, lineage));
  return own ? [own, ...absorbed] : absorbed;
}

const newest = (statements: readonly Statement[]): Statement | undefined =>
  statements.reduce<Statement | undefined>((found, next) => {
    if (!found || next.at > found.at) return next;
    return next.at < found.at ? found : stricter(found, next);
  }, undefined);

const stricter = (a: Statement, b: Statement): Statement => {
  if (a.granted !== b.granted) return a.granted ? b : a;
  return a.at >= b.at ? a : b;
};
