/**
 * An error in our own words: its message quotes neither a person nor another system, so it may be logged and passed on.
 * Of any other error the logs hold what programs gave it (name, codes, ids, frames), and never the message.
 */
export class OwnError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "OwnError";
  }
}
