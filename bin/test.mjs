// npm test: all tests; with --long also those that take minutes. Ends with the counts alone on a line.
import { join } from 'node:path';
import { build, hand, install, root, runtime } from './prepare.mjs';

install();
build();
const long = process.argv.includes('--long');
const rest = process.argv.slice(2).filter((a) => a !== '--long');
// The long ones measure and kill: one after another.
const chosen = long ? ['--no-file-parallelism', ...(rest.length === 0 ? ['test/long'] : rest)] : rest;
hand(runtime(), [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--root', root, ...chosen], {
  PERENNIAL_TEST_FULL: '1',
  PERENNIAL_TEST_LONG: long ? '1' : '0',
});
