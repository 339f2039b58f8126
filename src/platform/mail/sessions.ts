import type SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { NodemailerError } from 'nodemailer';
import { asMailProblem, deliver, openSession, type Parcel, type SmtpOptions } from './smtp.ts';

/** Sessions with a mail server that are kept for the next message: connecting and signing in costs more than a message does. */
export interface MailSessions {
  /** As `handOver` does, over a session of its own; as many run at once as are called for. */
  send(parcel: Parcel): Promise<void>;
  close(): void;
}

/** Servers count the messages of a session, and break one off that has had enough. */
const lettersOfSession = 100;

interface Kept {
  session: SMTPConnection;
  letters: number;
}

export function createMailSessions(options: SmtpOptions): MailSessions {
  const idle: Kept[] = [];
  const open = async (): Promise<Kept> => ({ session: await openSession(options), letters: 0 });
  const takeIdle = (): Kept | undefined => {
    for (let kept = idle.pop(); kept; kept = idle.pop()) if (!kept.session.destroyed) return kept;
    return undefined;
  };
  /** Sends by it and keeps it, where the server leaves it in a state from which another message can begin. */
  const sendBy = async (kept: Kept, parcel: Parcel): Promise<void> => {
    try {
      await deliver(kept.session, parcel);
    } catch (error) {
      if (await wasReset(kept.session, error)) idle.push(kept);
      else kept.session.close();
      throw error;
    }
    if (++kept.letters < lettersOfSession) idle.push(kept);
    else kept.session.quit();
  };
  return {
    async send(parcel) {
      let hasBegun = false;
      const noting = { ...parcel, beforeContent: async () => (await parcel.beforeContent?.(), void (hasBegun = true)) };
      const kept = takeIdle();
      try {
        if (!kept) return await sendBy(await open(), noting);
        try {
          return await sendBy(kept, noting);
        } catch (error) {
          // The session had ended, or the server lost its thread, before anything of this message: that says nothing about the message.
          if (hasBegun || !isOfSession(error)) throw error;
          return await sendBy(await open(), noting);
        }
      } catch (error) {
        throw asMailProblem(error, options);
      }
    },
    close: () => idle.splice(0).forEach(({ session }) => session.close()),
  };
}

const closing = 421;
const outOfOrder = 503;
const isOfSession = (error: unknown): boolean => {
  const { responseCode } = error as NodemailerError;
  return responseCode === undefined || responseCode === closing || responseCode === outOfOrder;
};

/** After a refusal the server is told that what was begun is over: a session that is not may take the next message for a part of this one. */
function wasReset(session: SMTPConnection, error: unknown): Promise<boolean> {
  if (session.destroyed || isOfSession(error)) return Promise.resolve(false);
  return new Promise((settled) => {
    const ended = (): void => settled(false);
    session.once('end', ended);
    session.reset((failure) => {
      session.off('end', ended);
      settled(!failure);
    });
  });
}
