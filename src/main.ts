import { Command } from 'commander';
import { pickLocale } from './kernel/locale.ts';
import { Problem } from './kernel/problem.ts';
import { readConfig } from './platform/config.ts';
import { refuseInUse } from './platform/data-folder.ts';
import { createSay } from './platform/i18n.ts';
import { createLog } from './platform/log.ts';

const program = new Command('perennial').description('Perennial (常青): one system for a user-operations team').showHelpAfterError();

program.command('serve').description('run the product until it is stopped')
  .action(async () => {
    const read = config();
    if (read.role !== 'api') refuseInUse(read.dataDir);
    await (await import('./commands/serve.ts')).serveCommand(read, log());
  });
program.command('worker', { hidden: true })
  .action(async () => (await import('./serve/work.ts')).runWorker(config(), log()));
program.command('import').argument('<file>').description('import a CSV, JSON Lines or Parquet file (each also gzipped)')
  .option('--map <file>', 'the mapping of its columns, as saved by the web; guessed when left out')
  .option('--kind <kind>', 'what a row is: order_lines, customers, events or products')
  .option('--dry-run', 'check the file and import nothing')
  .action(async (file: string, options) => (await import('./commands/import.ts')).importCommand(config(), file, options));
program.command('export').argument('<what>', 'customers or orders').description('write a CSV file to standard output')
  .action(async (what: string) => (await import('./commands/export.ts')).exportCommand(config(), what));
program.command('key').description('write keys of trackers')
  .command('create').argument('<name>').description('make a write key and print it, once')
  .action(async (name: string) => (await import('./commands/keys.ts')).createWriteKeyCommand(config(), name));
program.command('token').description('API tokens')
  .command('create').argument('<name>').requiredOption('--scopes <list>', 'permissions, separated by commas').option('--days <n>', 'valid for', '365')
  .description('make an API token and print it, once')
  .action(async (name: string, options) => (await import('./commands/keys.ts')).createTokenCommand(config(), name, options));
program.command('staff').description('accounts of the team')
  .command('add').argument('<name>').argument('<email>').option('--role <role>', 'a role', 'viewer').description('invite someone and print the link')
  .action(async (name: string, email: string, options) => (await import('./commands/staff.ts')).addStaffCommand(config(), name, email, options));
program.command('sign-in').argument('[email]').description('print a sign-in link for an account; the first administrator when left out')
  .action(async (email?: string) => (await import('./commands/staff.ts')).signInCommand(config(), email));
program.command('demo').description('fill an empty deployment with the demonstration brand')
  .action(async () => (await import('./commands/demo.ts')).demoCommand(config()));
program.command('rebuild').description('make ClickHouse anew from the fact log')
  .action(async () => (await import('./commands/rebuild.ts')).rebuildCommand(config()));
program.command('doctor').description('check the stores against each other and say what is wrong')
  .action(async () => (await import('./commands/doctor.ts')).doctorCommand(config()));

const config = () => readConfig(process.env);
const log = () => createLog(config().logLevel);

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof Problem)) throw error;
  const [namespace, ...rest] = error.code.split('.');
  const language = pickLocale((process.env.LC_ALL ?? process.env.LANG ?? 'en').replace('_', '-').split('.')[0].replace(/^(C|POSIX)$/, 'en'));
  console.error(createSay()(language, namespace, `problem.${rest.join('.')}`, error.params));
  process.exit(1);
}
