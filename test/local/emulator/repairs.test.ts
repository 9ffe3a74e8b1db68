import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { rootDir } from "./support.ts";

const read = (folder: string, ending: string) =>
  readdirSync(join(rootDir, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(join(rootDir, folder, name), "utf8"))
    .join("\n");

test("every repair has a test that fails when it is no longer needed", () => {
  const registered = [...read("infra/local/emulator/repairs", ".py").matchAll(/^ {4}\("([a-z-]+)", repair_\w+\),$/gm)];
  const oneLine = [
    ...read("infra/local/emulator/repairs", ".py").matchAll(/^REPAIRS = \[\("([a-z-]+)", repair_\w+\)\]$/gm),
  ];
  const names = [...registered, ...oneLine].map(([, name]) => name!);
  const tests = read("test/local/emulator", ".test.ts");
  expect(names.length).toBeGreaterThan(15);
  expect(names.filter((name) => !tests.includes(`"${name}`))).toEqual([]);
});
