import dayjs from 'dayjs';
import customParseFormat from 'dayjs/plugin/customParseFormat.js';
import { describe, expect, it } from 'vitest';
import { pickerFormats } from './day-formats.ts';

dayjs.extend(customParseFormat);
const read = (text: string, formats: readonly string[]): string | null => formats.map((format) => dayjs(text, format, true)).find((day) => day.isValid())?.format('YYYY-MM-DDTHH:mm') ?? null;

describe('a day that is typed', () => {
  it('is shown in one way in a language, and understood in all the ways people write it', () => {
    expect((['zh-CN', 'zh-TW', 'en'] as const).map((locale) => pickerFormats(locale).day[0])).toEqual(['YYYY/MM/DD', 'YYYY/MM/DD', 'MMM D, YYYY']);
    for (const locale of ['zh-CN', 'zh-TW', 'en'] as const) {
      const { day, moment, month } = pickerFormats(locale);
      for (const typed of ['1990/05/06', '1990/5/6', '1990-05-06', '1990-5-06', '19900506', '1990.5.6', '1990年5月6日', 'May 6, 1990', '6 May 1990']) expect([typed, read(typed, day)]).toEqual([typed, '1990-05-06T00:00']);
      for (const typed of ['1990/05/06 09:30', '1990-5-6 9:30', '19900506 09:30', 'May 6, 1990 09:30']) expect([typed, read(typed, moment)]).toEqual([typed, '1990-05-06T09:30']);
      for (const typed of ['1990/05', '1990-5', '199005', '1990年5月', 'May 1990']) expect([typed, read(typed, month)]).toEqual([typed, '1990-05-01T00:00']);
    }
  });

  it('is nothing where the calendar has no such day, or where it could be two', () => {
    for (const typed of ['1990/02/30', '05/06/1990', '1990/13/01', '1990']) expect(read(typed, pickerFormats('en').day)).toBeNull();
  });
});
