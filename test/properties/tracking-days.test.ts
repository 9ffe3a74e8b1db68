/** Days of clicks are those of UTC, wherever the machine is and whatever its clocks do. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, expect, test } from "@jest/globals";
import { root } from "#infra/build/root";

const seed = Date.now() % 2 ** 31;
const told: Record<string, unknown> = { seed };
afterAll(() => void process.stdout.write(`days in zones: ${JSON.stringify(told)}\n`));

test.each([
  ["by half an hour, in the south", "Australia/Lord_Howe", 2],
  ["west of UTC", "America/New_York", 2],
  ["at midnight, in the south and west of UTC", "America/Santiago", 2],
  ["at three in the morning", "Europe/Berlin", 2],
  ["in a zone of three quarters of an hour", "Pacific/Chatham", 2],
  ["never", "Pacific/Honolulu", 1],
])(
  "where clocks change %s: %s",
  async (_how, zone, changes) => {
    const script = join(root, "test", "properties", "days-in-a-zone.ts");
    const env = { PATH: process.env["PATH"], TZ: zone };
    const { stdout } = await promisify(execFile)(process.execPath, [script, String(seed)], { env });
    const around = JSON.parse(stdout.split("\n").at(-1) ?? "") as unknown[];
    expect(around).toHaveLength(changes);
    told[zone] = around;
  },
  60_000,
);
