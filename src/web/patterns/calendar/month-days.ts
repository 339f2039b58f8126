import { addDays, addMonths, type Day } from '../../../kernel/day.ts';

/** 0 for Monday. */
const weekdayAt = (day: Day): number => (new Date(`${day}T12:00:00Z`).getUTCDay() + 6) % 7;

/** The days a month's grid shows: whole weeks from Monday, those of the months beside it too. */
export function monthDays(month: string): Day[] {
  const first = `${month}-01`;
  const from = addDays(first, -weekdayAt(first));
  const last = addDays(addMonths(first, 1), -1);
  const until = addDays(last, 6 - weekdayAt(last));
  const days: Day[] = [];
  for (let day = from; day <= until; day = addDays(day, 1)) days.push(day);
  return days;
}
