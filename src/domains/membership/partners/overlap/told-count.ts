/** The fewest hashes that are compared: of a short list a count would tell who is on it. */
export const fewestListed = 1_000;
/** Fewer common people are not counted out. */
export const countFloor = 50;
const step = 10;

/** How a count of common people leaves: not at all below the floor, else cut to tens, so that one hash more or less is not seen. */
export const toldCount = (matched: number): { matched: number; isBelowFloor: boolean } =>
  (matched < countFloor ? { matched: countFloor, isBelowFloor: true } : { matched: matched - (matched % step), isBelowFloor: false });
