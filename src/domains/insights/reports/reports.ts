import type { InsightsDoors, InsightsPart } from '../part.ts';
import { cellPeople } from '../people/cell.ts';
import type { PeopleSource } from '../people/people.ts';
import { createAnswers } from '../question/answers.ts';
import { createQuestions, type Questions } from '../question/replies.ts';
import { ownRegistry } from '../registry/own.ts';
import type { Registry } from '../registry/registry.ts';
import { insightsRoutes } from '../routes.ts';

/** Questions over the registry of metrics and dimensions, and what is made of them. */
export interface Reports extends InsightsPart {
  registry: Registry;
  questions: Questions;
}

export function createReports({ platform, say, commerce, dataVersion }: InsightsDoors): Reports {
  const registry = ownRegistry(commerce.products, say);
  const answers = createAnswers(platform, registry, dataVersion);
  const questions = createQuestions(registry, answers, say);
  return {
    registry,
    questions,
    routes: insightsRoutes({ platform, registry, answers, questions, commerce, say }),
    people: [cellPeople(platform, registry, say) as PeopleSource],
  };
}
