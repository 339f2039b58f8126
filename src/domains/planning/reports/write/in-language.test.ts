import { describe, expect, it } from 'vitest';
import type { PlanReportSection } from '../../contract/reports.ts';
import { inLanguage } from './in-language.ts';

const section = (key: PlanReportSection['key'], title: string, ...lines: string[]): PlanReportSection => ({ key, title, lines });
const [summary, next, own] = [section('summary', '概述', '完成 3 项'), section('next', '下一步', '上线'), section('own', '补充', '手写')];
const written = { 'zh-CN': [summary, next], en: [section('summary', 'Summary', '3 done'), section('next', 'Next', 'Launch')] };

describe('a report in the language of its reader', () => {
  it('has what it wrote itself in that language, and what somebody edited, added or put elsewhere as they left it', () => {
    const edited = section('summary', '概述', '完成 3 项，其中一项返工');
    expect(inLanguage({ locale: 'zh-CN', sections: [next, edited, own], written }, 'en')).toEqual({ sections: [written.en[1], edited, own], kept: [edited, own] });
    expect(inLanguage({ locale: 'zh-CN', sections: [next, edited, own], written }, 'zh-CN')).toEqual({ sections: [next, edited, own], kept: [] });
  });

  it('is as it was where it was never written in that language', () => {
    expect(inLanguage({ locale: 'zh-CN', sections: [summary], written }, 'zh-TW').kept).toEqual([summary]);
    expect(inLanguage({ locale: 'zh-CN', sections: [summary], written: {} }, 'en').kept).toEqual([summary]);
  });
});
