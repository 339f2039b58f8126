import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EndpointReply } from '../../../../kernel/endpoint.ts';
import { type ApiProblem, sentenceOf, useEndpoint } from '../../../../web/kit.ts';
import { previewRule, type Rule } from '../../contract.ts';
import type { PartFigures } from '../builder/builder.ts';
import { partAt, type WrittenDraft } from '../rule/draft.ts';
import { useSettled } from './use-settled.ts';

type Reply = EndpointReply<typeof previewRule>;

/** What was counted last, by the parts that were on the screen then: they keep their figures wherever they are moved to. */
interface Counted {
  reply: Reply;
  figures: ReadonlyMap<string, PartFigures>;
}

/** What a rule means, as far as it is known. */
export interface Preview {
  /** The rule that is counted: the one on the screen once nobody has typed for a moment. */
  rule: Rule;
  reply: Reply | undefined;
  figures: ReadonlyMap<string, PartFigures>;
  base: number | null;
  /** What is shown is of the rule before. */
  isOld: boolean;
  faults: ReadonlyMap<string, string>;
  /** A failure that is about no part in particular. */
  failure: ApiProblem | null;
  retry: () => void;
}

const pauseMs = 300;
const none: ReadonlyMap<string, PartFigures> = new Map();

/** Counts a rule while it is edited; what was counted last stays until the next count is there. */
export function usePreview(written: WrittenDraft): Preview {
  const { t } = useTranslation('web');
  const [counted, setCounted] = useState<Counted>();
  // Compared as text: an edit that leaves the rule as it was asks nothing.
  const current = JSON.stringify(written.rule);
  const text = useSettled(current, pauseMs);
  const rule = useMemo(() => JSON.parse(text) as Rule, [text]);
  const { data, error, isPlaceholderData, refetch } = useEndpoint(previewRule, { body: { rule } });
  const isCurrent = text === current && data !== undefined && !isPlaceholderData;
  useEffect(() => {
    if (isCurrent) setCounted({ reply: data, figures: figuresOf(data, written) });
  }, [isCurrent, data, written]);
  const problem = text === current ? error : null;
  const faults = useMemo(() => faultsOf(problem, written, (one) => sentenceOf(one, t)), [problem, written, t]);
  return {
    rule,
    reply: counted?.reply,
    figures: counted?.figures ?? none,
    base: counted?.reply.base ?? null,
    isOld: !isCurrent || problem !== null,
    faults,
    failure: faults.size > 0 ? null : problem,
    retry: () => void refetch(),
  };
}

function figuresOf({ parts }: Reply, { places }: WrittenDraft): ReadonlyMap<string, PartFigures> {
  const figures = new Map<string, PartFigures>();
  for (const { path, size, after } of parts) {
    const id = places.get(path);
    if (id !== undefined) figures.set(id, { size, after });
  }
  return figures;
}

function faultsOf(problem: ApiProblem | null, { places }: WrittenDraft, sentence: (problem: ApiProblem) => string): Map<string, string> {
  const faults = new Map<string, string>();
  if (problem?.status !== 400) return faults;
  for (const { path, message } of problem.fields) {
    const id = partAt(places, path);
    if (id !== undefined) faults.set(id, message ?? sentence(problem));
  }
  return faults;
}
