/**
 * The ledger against a model that fits into one's head: random histories of two brands and three creators through the
 * real actions, each cut short, repeated or interleaved with itself. After every command the wallets are what the model
 * says, and the auditor finds nothing.
 */
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { peopled, START } from "../support/launched.ts";
import { anyCommand } from "./ledger-commands.ts";
import { counts, type Model } from "./ledger-model.ts";

test("whatever is done, cut short, repeated or raced: everybody has what the model says, and the books hold", async () => {
  const seed = Number(process.env["SEED"] ?? 20_261_125);
  const runs = Number(process.env["RUNS"] ?? 60);
  const commands = fc.commands(anyCommand, { maxCommands: 100, size: "max" });
  const started = performance.now();
  await fc.assert(
    fc.asyncProperty(commands, async (history) => {
      const stage = await peopled();
      expect(stage.clock.now).toBe(START);
      const model: Model = {
        available: new Map(),
        pending: new Map(),
        payable: new Map(),
        projects: [],
        deposits: [],
        ended: false,
      };
      await fc.asyncModelRun(() => ({ model, real: { stage } }), history);
    }),
    { numRuns: runs, seed },
  );
  const refused = JSON.stringify(Object.fromEntries([...counts.refused].sort()));
  const seconds = ((performance.now() - started) / 1_000).toFixed(1);
  console.log(
    `seed ${seed}: ${runs} histories, ${counts.commands} commands, ${counts.cut} cut short, refused: ${refused}; ${seconds} s`,
  );
  expect(counts.cut).toBeGreaterThan(100);
  expect([...counts.refused.keys()]).toEqual(
    expect.arrayContaining([
      "campaign.unfunded",
      "campaign.not_draft",
      "campaign.insufficient_funds",
      "submission.already_settled",
    ]),
  );
}, 3_600_000);
