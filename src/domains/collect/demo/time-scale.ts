const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/**
 * A clock that runs fast in busy hours and slowly in quiet ones, and on average as fast as
 * ours. A process with a constant rate on this clock is one with the same mean rate and the
 * wanted seasonality on the wall's (the time change of a non-homogeneous Poisson process).
 * Positions are in days of this clock, from 0 to `days`.
 */
export class TimeScale {
  readonly startMs: number;
  readonly endMs: number;
  /** Length of the history, the same on both clocks. */
  readonly days: number;
  private readonly firstHourMs: number;
  /** Position at the start of each hour; the two outermost hours are whole. */
  private readonly positions: Float64Array;
  private readonly offset: number;

  /** `weightOf` gives the speed in the hour that starts at a moment (ms), in any unit. */
  constructor(startMs: number, endMs: number, weightOf: (hourStartMs: number) => number) {
    this.startMs = startMs;
    this.endMs = endMs;
    this.days = (endMs - startMs) / dayMs;
    this.firstHourMs = Math.floor(startMs / hourMs) * hourMs;
    const hours = Math.ceil((endMs - this.firstHourMs) / hourMs);
    this.positions = new Float64Array(hours + 1);
    for (let hour = 0; hour < hours; hour++) {
      this.positions[hour + 1] = this.positions[hour] + weightOf(this.firstHourMs + hour * hourMs);
    }
    const first = this.rawPosition(startMs);
    const scale = this.days / (this.rawPosition(endMs) - first);
    this.offset = first * scale;
    for (let hour = 0; hour <= hours; hour++) this.positions[hour] *= scale;
  }

  /** The position of a moment between start and end. */
  positionOf(momentMs: number): number {
    return this.rawPosition(momentMs) - this.offset;
  }

  /** The moment, a whole ms, of a position from 0 up to, but not including, `days`. */
  momentAt(position: number): number {
    const wanted = position + this.offset;
    let low = 0;
    let high = this.positions.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.positions[middle] <= wanted) low = middle;
      else high = middle;
    }
    const part = (wanted - this.positions[low]) / (this.positions[high] - this.positions[low]);
    const moment = this.firstHourMs + Math.floor((low + part) * hourMs);
    return Math.min(Math.max(moment, this.startMs), this.endMs - 1);
  }

  private rawPosition(momentMs: number): number {
    const hours = (momentMs - this.firstHourMs) / hourMs;
    const hour = Math.min(Math.floor(hours), this.positions.length - 2);
    const from = this.positions[hour];
    return from + (this.positions[hour + 1] - from) * (hours - hour);
  }
}
