import { OwnError } from "./own-error.ts";

/** Not now: another delivery is at it. The event comes again, and finds out how that ended. No failure, so nothing rings. */
export class Postponed extends OwnError {
  constructor(message: string) {
    super(message);
    this.name = "Postponed";
  }
}
