// npm run bench -- NAME [--customers N --lines N …]
import { join } from 'node:path';
import { build, hand, install, root, runtime } from './prepare.mjs';

install();
build();
hand(runtime(), ['--disable-warning=ExperimentalWarning', join(root, 'bench', 'run.ts'), ...process.argv.slice(2)]);
