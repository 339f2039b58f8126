import type { Locale } from '../../../../kernel/locale.ts';
import type { PlanReportSection } from '../../contract/reports.ts';

/** A report with what it said in each language when it wrote itself last. */
export interface WrittenReport {
  locale: Locale;
  sections: PlanReportSection[];
  written: Partial<Record<Locale, PlanReportSection[]>>;
}

/** The database gives the fields of what it keeps in an order of its own. */
const canonical = ({ key, title, lines }: PlanReportSection): string => JSON.stringify([key, title, lines]);

/** A report for the reader of a language: parts that stayed as it wrote them are in that language, those that somebody edited are as they left them (`kept`). */
export function inLanguage({ locale, sections, written }: WrittenReport, language: Locale): { sections: PlanReportSection[]; kept: PlanReportSection[] } {
  if (language === locale) return { sections, kept: [] };
  const asWritten = new Set((written[locale] ?? []).map(canonical));
  const theirs = new Map((written[language] ?? []).map((section) => [section.key, section]));
  const kept: PlanReportSection[] = [];
  const shown = sections.map((section) => {
    const own = asWritten.has(canonical(section)) ? theirs.get(section.key) : undefined;
    if (!own) kept.push(section);
    return own ?? section;
  });
  return { sections: shown, kept };
}
