import { type Question, question, type QuestionAsked } from '../contract.ts';
import { type Subject, subjects } from '../registry/entry.ts';
import type { Registry } from '../registry/registry.ts';

/** A report to begin with. */
export interface Template {
  subject: Subject;
  question: Question;
}

/** Chosen by hand where a subject is always there. */
const given: Partial<Record<Subject, Omit<QuestionAsked, 'period'>>> = {
  sales: { metrics: ['sales', 'refunds', 'netSales', 'orders', 'averageOrder', 'buyers', 'units', 'refundRate'], dimensions: ['day'] },
  users: { metrics: ['newCustomers', 'buyers', 'newBuyers', 'returningBuyers', 'returningBuyerShare'], dimensions: ['day'] },
  visits: { metrics: ['visitors', 'events', 'eventsPerVisitor'], dimensions: ['event'] },
};

const mostMetrics = 8;

/** A template for each subject that has metrics: where a domain has not brought any, there is none. */
export const templatesOf = (registry: Registry): Template[] => subjects.flatMap((subject) => {
  const metrics = registry.metrics().filter((metric) => metric.subject === subject);
  if (metrics.length === 0) return [];
  // Standing numbers have no place in time: they alone stand in all.
  const moving = metrics.filter((metric) => !metric.isStanding);
  const chosen = (moving.length > 0 ? moving : metrics).slice(0, mostMetrics).map(({ name }) => name);
  // Campaigns are told apart as such, and the days between them are empty: what facts say of themselves under the subject's name goes before days.
  const own = registry.dimensions().find((dimension) => dimension.group === subject && dimension.of && chosen.every((name) => registry.combines(registry.metric(name), dimension)));
  const asked = given[subject] ?? { metrics: chosen, dimensions: own ? [own.name] : moving.length > 0 ? ['day'] : [] };
  return [{ subject, question: question.parse({ ...asked, period: { relative: 'last30' }, compare: own ? 'none' : 'before' }) }];
});
