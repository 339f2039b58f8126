import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { Command } from 'commander';
import { sentenceOf } from './commands/terminal/failure.ts';
import { createSpeech } from './commands/terminal/speech.ts';
import { readConfig } from './platform/config.ts';
import { refuseInUse } from './platform/data-folder.ts';
import { createLog } from './platform/log.ts';

// What was compiled once is read by the next start and by the worker. Where the folder cannot be written, nothing changes.
enableCompileCache(join(import.meta.dirname, '..', 'node_modules', '.cache', 'perennial'));

const program = new Command('perennial').description('Perennial (常青): one system for a user-operations team').showHelpAfterError();

program.command('serve').description('run the product until it is stopped')
  .action(async () => {
    const read = config();
    if (read.role !== 'api') refuseInUse(read.dataDir);
    await (await import('./commands/serve.ts')).serveCommand(read, log());
  });
program.command('worker', { hidden: true })
  .action(async () => {
    // From the first moment: a worker must not outlive the program that started it.
    process.on('disconnect', () => process.exit(1));
    await (await import('./serve/work.ts')).runWorker(config(), log());
  });
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
program.command('backup').argument('<folder>').description('copy PostgreSQL, the fact log and the secret into an empty folder, while the server runs')
  .action(async (folder: string) => (await import('./commands/backup.ts')).backupCommand(config(), folder));
program.command('restore').argument('<folder>').description('make the data folder, which is to be empty, from a backup')
  .action(async (folder: string) => (await import('./commands/restore.ts')).restoreCommand(config(), folder));
program.command('doctor').description('check the stores against each other and say what is wrong')
  .action(async () => (await import('./commands/doctor.ts')).doctorCommand(config()));

const config = () => readConfig(process.env);
const log = () => createLog(config().logLevel);

try {
  await program.parseAsync();
} catch (error) {
  const sentence = sentenceOf(error, createSpeech());
  if (sentence === null) throw error;
  console.error(sentence);
  process.exit(1);
}
