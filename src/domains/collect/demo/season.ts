/**
 * What kind of day a day is to the shop. Days are counted in China, which has kept UTC+8
 * without summer time since 1991.
 */
export const zoneOffsetMs = 8 * 3_600_000;

export interface Season {
  /** Shown as the name of the promotion; null where nothing is promoted. */
  promotion: string | null;
  /** How many times as much as usual is bought. */
  trade: number;
  /** Share of the list price taken off promoted products, 0 to 1. */
  discount: number;
  /** The promotion starts at midnight, and people wait for it. */
  midnight: boolean;
}

interface SeasonRule {
  calendar: 'solar' | 'lunar';
  /** First and last day as month * 100 + day, both included. */
  from: number;
  to: number;
  trade: number;
  promotion?: string;
  discount?: number;
  midnight?: boolean;
}

/** The first rule that holds decides, so the peak of a promotion stands before its weeks. */
const rules: SeasonRule[] = [
  { calendar: 'solar', from: 1111, to: 1111, trade: 6, promotion: '双11', discount: 0.28, midnight: true },
  { calendar: 'solar', from: 1110, to: 1110, trade: 2, promotion: '双11', discount: 0.2 },
  { calendar: 'solar', from: 1031, to: 1101, trade: 2.4, promotion: '双11', discount: 0.2, midnight: true },
  { calendar: 'solar', from: 1021, to: 1109, trade: 1.25, promotion: '双11', discount: 0.12 },
  { calendar: 'solar', from: 1112, to: 1120, trade: 0.7 },
  { calendar: 'solar', from: 1212, to: 1212, trade: 2.8, promotion: '双12', discount: 0.2, midnight: true },
  { calendar: 'solar', from: 1209, to: 1211, trade: 1.4, promotion: '双12', discount: 0.12 },
  { calendar: 'solar', from: 618, to: 618, trade: 4.5, promotion: '618', discount: 0.25, midnight: true },
  { calendar: 'solar', from: 616, to: 617, trade: 2.2, promotion: '618', discount: 0.2 },
  { calendar: 'solar', from: 601, to: 615, trade: 1.3, promotion: '618', discount: 0.12 },
  { calendar: 'solar', from: 619, to: 626, trade: 0.75 },
  { calendar: 'solar', from: 306, to: 308, trade: 1.7, promotion: '38焕新周', discount: 0.15 },
  { calendar: 'solar', from: 518, to: 520, trade: 1.4, promotion: '520礼遇', discount: 0.1 },
  { calendar: 'lunar', from: 101, to: 107, trade: 0.35 },
  { calendar: 'lunar', from: 1227, to: 1230, trade: 0.5 },
  { calendar: 'lunar', from: 1205, to: 1222, trade: 1.45, promotion: '年货节', discount: 0.12 },
  { calendar: 'lunar', from: 705, to: 707, trade: 1.4, promotion: '七夕', discount: 0.1 },
  { calendar: 'lunar', from: 801, to: 812, trade: 1.35, promotion: '中秋礼', discount: 0.1 },
];

/** Monday to Sunday. */
const weekdayTrade = [0.95, 0.93, 0.95, 0.97, 1.03, 1.1, 1.07];

/** Midnight to 23:00, an ordinary day: a late morning, a lunch break, a long evening. */
const hourTrade = [
  0.5, 0.25, 0.12, 0.08, 0.07, 0.1, 0.25, 0.5, 0.8, 1.1, 1.4, 1.35, 1.3, 1.3, 1.2, 1.2, 1.15, 1.05,
  1.1, 1.35, 1.7, 1.9, 1.75, 1.15,
];
/** The same for a day whose promotion starts at midnight. */
const midnightHourTrade = [
  6, 2.4, 0.9, 0.3, 0.15, 0.15, 0.3, 0.5, 0.8, 1, 1.2, 1.1, 1, 1, 0.95, 0.95, 0.9, 0.85, 0.9, 1.1,
  1.4, 1.7, 1.9, 1.9,
];

const lunarDay = new Intl.DateTimeFormat('en-u-ca-chinese', {
  timeZone: 'UTC',
  month: 'numeric',
  day: 'numeric',
});

/**
 * The lunar day as month * 100 + day; 0 in a leap month, which repeats no festival. ICU reckons
 * it; where a new moon falls close to midnight, as in February 2027, it may be a day late.
 */
function lunarOf(localMs: number): number {
  const [month, day] = lunarDay.format(localMs).split('/');
  return month.endsWith('bis') ? 0 : Number(month) * 100 + Number(day);
}

/** The season of the day in China that holds the moment (ms since 1970, UTC). */
export function seasonAt(moment: number): Season {
  const local = new Date(moment + zoneOffsetMs);
  const solar = (local.getUTCMonth() + 1) * 100 + local.getUTCDate();
  const lunar = lunarOf(local.getTime());
  const rule = rules.find(({ calendar, from, to }) => {
    const day = calendar === 'solar' ? solar : lunar;
    return day >= from && day <= to;
  });
  return {
    promotion: rule?.promotion ?? null,
    trade: (rule?.trade ?? 1) * weekdayTrade[(local.getUTCDay() + 6) % 7],
    discount: rule?.discount ?? 0,
    midnight: rule?.midnight ?? false,
  };
}

/** How busy the hour of such a day is, 1 on average over the day. */
export function hourWeight(season: Season, hour: number): number {
  const profile = season.midnight ? midnightHourTrade : hourTrade;
  return profile[hour] / (season.midnight ? midnightMean : hourMean);
}

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const hourMean = mean(hourTrade);
const midnightMean = mean(midnightHourTrade);
