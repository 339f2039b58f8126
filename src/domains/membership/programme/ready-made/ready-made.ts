import type { ProgrammeDefinition } from '../../contract/programme.ts';
import { consumerGoods } from './consumer-goods.ts';
import { retailChain } from './retail-chain.ts';
import { simple } from './simple.ts';

/** Programmes to begin with, so that nobody begins with an empty page. */
export const readyMade = { consumer_goods: consumerGoods, retail_chain: retailChain, simple } satisfies Record<string, () => ProgrammeDefinition>;

/** What the demonstration brand promises its members. */
export const demoProgramme = consumerGoods;
