/**
 * The chance that one of the members has a higher score than one of the others, ties counting half: the area under the
 * ROC curve, exactly, by ranks (J. A. Hanley and B. J. McNeil, Radiology 143(1), 1982). NaN without both.
 */
export function aucOf(members: Float32Array, others: Float32Array): number {
  const [ours, theirs] = [members.toSorted(), others.toSorted()];
  let [below, notAbove, wins] = [0, 0, 0];
  for (const score of ours) {
    while (below < theirs.length && theirs[below] < score) below++;
    while (notAbove < theirs.length && theirs[notAbove] <= score) notAbove++;
    wins += (below + notAbove) / 2;
  }
  return wins / (ours.length * theirs.length);
}

/** How far an area under the curve may be off by chance: its standard error after Hanley and McNeil. */
export function aucError(auc: number, members: number, others: number): number {
  const [q1, q2] = [auc / (2 - auc), (2 * auc * auc) / (1 + auc)];
  const variance = (auc * (1 - auc) + (members - 1) * (q1 - auc * auc) + (others - 1) * (q2 - auc * auc)) / (members * others);
  return Math.sqrt(Math.max(0, variance));
}

const parts = 10;

/**
 * How many times as many members there are in each tenth of all people, the highest scores first, as in all of them.
 * Each member of the sample stands for `memberWeight` people, each other for `otherWeight`. People with one score
 * are of one mind: where they lie across the end of a tenth, they are shared out evenly.
 */
export function liftByTenth(members: Float32Array, others: Float32Array, memberWeight: number, otherWeight: number): number[] {
  const [ours, theirs] = [members.toSorted(), others.toSorted()];
  const tenth = (ours.length * memberWeight + theirs.length * otherWeight) / parts;
  const found = new Float64Array(parts);
  let [us, them, before] = [ours.length, theirs.length, 0];
  while (us > 0 || them > 0) {
    const score = Math.max(us > 0 ? ours[us - 1] : -Infinity, them > 0 ? theirs[them - 1] : -Infinity);
    const [firstOfUs, firstOfThem] = [us, them];
    while (us > 0 && ours[us - 1] === score) us--;
    while (them > 0 && theirs[them - 1] === score) them--;
    const weight = (firstOfUs - us) * memberWeight + (firstOfThem - them) * otherWeight;
    const until = before + weight;
    for (let part = Math.min(parts - 1, Math.floor(before / tenth)); part < parts && part * tenth < until; part++) {
      const end = part === parts - 1 ? Infinity : (part + 1) * tenth;
      const inside = Math.min(until, end) - Math.max(before, part * tenth);
      if (inside > 0) found[part] += ((firstOfUs - us) * inside) / weight;
    }
    before = until;
  }
  return Array.from(found, (count) => (count / ours.length) * parts);
}
