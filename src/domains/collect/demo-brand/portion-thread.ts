import { workerData } from 'node:worker_threads';
import { answerInThread } from '../../../platform/threads/answer-in-thread.ts';
import { demoBrand, type DemoBrandOptions } from '../demo/brand.ts';
import { makePortion, type MadePortion, type PortionQuestion } from './portion.ts';

// What runs in the thread: the next portion is made while PostgreSQL and ClickHouse are given the one before.
const brand = demoBrand(workerData as DemoBrandOptions);

answerInThread<PortionQuestion, MadePortion>((question) => makePortion(brand, question));
