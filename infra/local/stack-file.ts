import { renameSync, rmSync, writeFileSync } from "node:fs";

/** A person of the demo who can sign in. */
export interface DemoUser {
  readonly email: string;
  readonly password: string;
  readonly role: "admin" | "brand" | "creator";
  readonly userId: string;
}

/** What a script needs to drive the running stage: `.local/stack.json`. */
export interface StackFile {
  readonly apiUrl: string;
  readonly linkUrl: string;
  readonly docsUrl: string;
  readonly mailboxUrl: string;
  readonly stripeUrl: string;
  readonly stripeWebhookSecret: string;
  /** Of the networks' stand-ins, each below its name. */
  readonly socialUrl: string;
  readonly corsOrigins: readonly string[];
  readonly awsEndpoint: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly tableName: string;
  readonly users: readonly DemoUser[];
}

/** Written whole: whoever finds it finds a stage that is ready. */
export function writeStackFile(file: string, stack: StackFile): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(stack, null, 2)}\n`);
  renameSync(`${file}.new`, file);
}

export const removeStackFile = (file: string): void => rmSync(file, { force: true });
