/** One thing that was looked at: what was found, as a key of the messages below `command.doctor`. */
export interface Check {
  ok: boolean;
  key: string;
  params?: Record<string, unknown>;
}
