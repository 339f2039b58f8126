import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** Run as a process of its own: takes every mail and keeps nothing of it. Tells its port, and how many mails there were when asked. */
let mails = 0;
const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, _session, done) {
    stream.resume();
    stream.on('end', () => {
      mails++;
      done();
    });
  },
});
server.on('error', () => {});
server.listen(0, '127.0.0.1', () => process.send?.((server.server.address() as AddressInfo).port));
process.on('message', () => process.send?.(mails));
