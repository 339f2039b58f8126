#!/usr/bin/env node
// npx perennial <command>
import { join } from 'node:path';
import { build, hand, install, root, runtime } from './prepare.mjs';

install();
if (process.argv[2] === 'serve') build();
hand(runtime(), ['--disable-warning=ExperimentalWarning', join(root, 'src', 'main.ts'), ...process.argv.slice(2)]);
