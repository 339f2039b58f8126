// npm start: set up what is missing, then serve.
import { join } from 'node:path';
import { build, hand, install, root, runtime } from './prepare.mjs';

install();
build();
hand(runtime(), ['--disable-warning=ExperimentalWarning', join(root, 'src', 'main.ts'), 'serve', ...process.argv.slice(2)]);
