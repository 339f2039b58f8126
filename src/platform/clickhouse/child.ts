/**
 * The process that is the ClickHouse server: it loads the engine's library, asks it to serve HTTP
 * and never returns. Its arguments are the path of the library and the engine's own arguments.
 * The call is made on the process's own stack, which the engine checks.
 */
import { DataType, load, open } from 'ffi-rs';

const [library, ...engineArguments] = process.argv.slice(2);
const deathSignal = 1;
const sigkill = 9;

if (process.platform === 'linux') {
  open({ library: 'c', path: '' });
  // When the parent is killed, so is this: the folder must be free for the next start.
  load({ library: 'c', funcName: 'prctl', retType: DataType.I32, paramsType: [DataType.I32, DataType.I32], paramsValue: [deathSignal, sigkill] });
  if (process.ppid === 1) process.exit(1);
}
open({ library: 'chdb', path: library });
const argv = ['clickhouse', ...engineArguments];
load({
  library: 'chdb',
  funcName: 'chdb_query_cmdline',
  retType: DataType.External,
  paramsType: [DataType.I32, DataType.StringArray],
  paramsValue: [argv.length, argv],
});
