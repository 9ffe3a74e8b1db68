/**
 * Which refusals a test run brought about, of which action. Every process of the run keeps its own beside the others', where the
 * run says so; when all are over, test/refused.ts reads what nobody brought about.
 */
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { actions } from "#shared/contracts/index";
import type { Contract } from "#shared/contracts/contract";

/** Names the folder. */
export const REFUSED_IN = "REFUSED_IN";

const names = new Map<Contract, string>(actions.map(({ name, contract }) => [contract, name]));
const noted = new Set<string>();

/** An action refused somebody with this code, when it is one; an action of a test's own has no name. */
export function noteRefused(contract: Contract | undefined, code: unknown): void {
  const folder = process.env[REFUSED_IN];
  const line = `${(contract && names.get(contract)) ?? "none"} ${String(code)}`;
  if (folder === undefined || code === undefined || noted.has(line)) return;
  noted.add(line);
  mkdirSync(folder, { recursive: true });
  appendFileSync(join(folder, `${process.pid}.txt`), `${line}\n`);
}

/** All that was brought about, each as `action code`. */
export const refusedIn = (folder: string): ReadonlySet<string> =>
  new Set(
    (existsSync(folder) ? readdirSync(folder) : []).flatMap((file) =>
      readFileSync(join(folder, file), "utf8").split("\n"),
    ),
  );
