const dayMs = 86_400_000;
const quarterMs = 900_000;
/** Days around 1970 for which offsets are kept: 1900 to 2100. */
const firstDay = -25_567;
const lastDay = 47_847;
const unknown = 0x7fffffff;
const changing = 0x7ffffffe;

/** Clock time of one IANA zone, turned into instants fast enough for every row of a file. */
export class Zone {
  readonly name: string;
  private readonly format: Intl.DateTimeFormat;
  /** The offset in seconds that holds throughout a local day, once asked for. */
  private readonly offsets = new Int32Array(lastDay - firstDay + 1).fill(unknown);
  /** The same for quarters of an hour of the few days on which the offset changes. */
  private readonly quarters = new Map<number, number>();

  /** Throws RangeError for a name that is no time zone. */
  constructor(name: string) {
    this.name = name;
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  }

  /**
   * Epoch milliseconds of a clock time: days since 1970-01-01 and milliseconds of that day, as the
   * clock shows them. A time that the clocks jump over in spring is read with the offset before
   * the jump, and one that they show twice in autumn is the first of the two.
   */
  instant(day: number, msOfDay: number): number {
    const local = day * dayMs + msOfDay;
    if (day < firstDay || day > lastDay) return this.search(local);
    let offset = this.offsets[day - firstDay];
    if (offset === unknown) offset = this.learn(day);
    if (offset === changing) offset = this.quarterOffset(local);
    return offset === changing ? this.search(local) : local - offset * 1000;
  }

  private quarterOffset(local: number): number {
    const quarter = Math.floor(local / quarterMs);
    let offset = this.quarters.get(quarter);
    if (offset === undefined) {
      const start = quarter * quarterMs;
      const end = start + quarterMs - 1;
      const atStart = start - this.search(start);
      offset = atStart === end - this.search(end) ? atStart / 1000 : changing;
      this.quarters.set(quarter, offset);
    }
    return offset;
  }

  private learn(day: number): number {
    const start = day * dayMs;
    // Looking one day to both sides covers any offset, and rules change twice a day nowhere.
    const before = this.offsetAt(start - dayMs);
    const offset = before === this.offsetAt(start + 2 * dayMs) ? before : changing;
    this.offsets[day - firstDay] = offset;
    return offset;
  }

  private search(local: number): number {
    const before = this.offsetAt(local - dayMs);
    const after = this.offsetAt(local + dayMs);
    if (before === after || this.offsetAt(local - before * 1000) === before) return local - before * 1000;
    const later = local - after * 1000;
    return this.offsetAt(later) === after ? later : local - before * 1000;
  }

  /** Seconds east of UTC at an instant. */
  private offsetAt(instant: number): number {
    const fields: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(instant)) fields[type] = Number(value);
    const { year, month, day, hour, minute, second } = fields;
    const clock = Date.UTC(year, month - 1, day, hour, minute, second);
    return Math.round((clock - Math.floor(instant / 1000) * 1000) / 1000);
  }
}

const zones = new Map<string, Zone>();

/** The zone of a name, with what it has learnt kept for the next file. Throws RangeError for an unknown name. */
export function zoneOf(name: string): Zone {
  let zone = zones.get(name);
  if (!zone) zones.set(name, (zone = new Zone(name)));
  return zone;
}
