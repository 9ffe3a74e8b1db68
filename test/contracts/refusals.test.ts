/** A refusal that is declared is given somewhere, and said once: nothing is promised to clients that cannot happen. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { impliedRefusalsOf, refusalsOf } from "#shared/contracts/implied";
import { actions } from "#shared/contracts/index";
import { statusOf } from "#shared/contracts/statuses";
import type { RefusalCode } from "#shared/domain/kernel/refusal";
import * as apiKeys from "#shared/domain/api-keys/refusals";
import * as campaigns from "#shared/domain/campaigns/refusals";
import * as clock from "#shared/domain/clock/refusals";
import * as conversions from "#shared/domain/conversions/refusals";
import * as deposits from "#shared/domain/deposits/refusals";
import * as disputes from "#shared/domain/disputes/refusals";
import * as inquiries from "#shared/domain/inquiries/refusals";
import * as exportsOf from "#shared/domain/exports/refusals";
import * as invitations from "#shared/domain/invitations/refusals";
import * as jobs from "#shared/domain/jobs/refusals";
import * as kernel from "#shared/domain/kernel/refusals";
import * as ledger from "#shared/domain/ledger/refusals";
import * as links from "#shared/domain/links/refusals";
import * as notifications from "#shared/domain/notifications/refusals";
import * as payouts from "#shared/domain/payouts/refusals";
import * as promoCodes from "#shared/domain/promo-codes/refusals";
import * as reconciliations from "#shared/domain/reconciliations/refusals";
import * as refunds from "#shared/domain/refunds/refusals";
import * as social from "#shared/domain/social/refusals";
import * as submissions from "#shared/domain/submissions/refusals";
import * as uploads from "#shared/domain/uploads/refusals";
import * as users from "#shared/domain/users/refusals";
import * as wallets from "#shared/domain/wallets/refusals";
import * as webhooks from "#shared/domain/webhooks/refusals";

const { notDue } = kernel.lifecycleRefusals;

const filesBelow = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file));

const product = [...filesBelow("shared"), ...filesBelow("lambdas")];
const declarations = product.filter((file) => file.endsWith("refusals.ts"));
const using = product.filter((file) => !declarations.includes(file) && !file.startsWith(join("shared", "contracts")));
const source = using.map((file) => readFileSync(file, "utf8")).join("\n");

/** An id that cannot be one is refused by the runtime, with what its contract says of a resource that is not there. */
const ofMalformedIds = new Set(
  actions.flatMap(({ contract }) =>
    contract.trigger === "http" && contract.path ? contract.refuses.filter(({ kind }) => kind === "not_found") : [],
  ),
);

const lists = {
  "api-keys": apiKeys,
  campaigns,
  clock,
  conversions,
  deposits,
  disputes,
  inquiries,
  exports: exportsOf,
  invitations,
  jobs,
  kernel,
  ledger,
  links,
  notifications,
  payouts,
  "promo-codes": promoCodes,
  reconciliations,
  refunds,
  social,
  submissions,
  uploads,
  users,
  wallets,
  webhooks,
} as const;
const declared = Object.values<Readonly<Record<string, Readonly<Record<string, RefusalCode>>>>>(lists).flatMap((area) =>
  Object.entries(area).flatMap(([list, refusals]) =>
    Object.entries(refusals).map(([name, refusal]) => [`${list}.${name}`, refusal] as const),
  ),
);

test("every list of refusals is looked at", () => {
  const files = Object.keys(lists).map((area) => join("shared", "domain", area, "refusals.ts"));
  expect(declarations.sort()).toEqual(files.sort());
});

test.each(declared)("%s is given by the product's code", (name, refusal) => {
  const given = new RegExp(`\\b${name.replace(".", "\\.")}\\b`).test(source);
  expect(given || ofMalformedIds.has(refusal)).toBe(true);
});

const asked = actions.flatMap(({ name, contract }) => (contract.trigger === "http" ? [[name, contract] as const] : []));
const causing = asked.filter(([, { causes = [] }]) => causes.length > 0);
/** What a client tells refusals apart by. */
const codesOf = (refusals: readonly RefusalCode[]): string[] =>
  refusals.map(({ kind, code }) => `${statusOf[kind]} ${code}`);

test.each(asked)("%s says only refusals of its own, each once", (_name, contract) => {
  const implied = codesOf(impliedRefusalsOf(contract));
  const own = codesOf(contract.refuses);
  expect(own.filter((code) => implied.includes(code))).toEqual([]);
  expect(own.filter((code, at) => own.indexOf(code) !== at)).toEqual([]);
  expect(codesOf(refusalsOf(contract)).sort()).toEqual([...implied, ...own].sort());
});

test.each(causing)("%s may refuse what stops its transitions, and never as not due", (_name, contract) => {
  const all = refusalsOf(contract);
  for (const { otherwise, exactly = {}, guard } of contract.causes ?? []) {
    expect(all).toEqual(expect.arrayContaining([otherwise, ...Object.values(exactly)]));
    for (const refusal of guard?.refuses ?? []) expect(all.includes(refusal)).toBe(refusal !== notDue);
  }
});

test("codes are declared once; one is said at two statuses: to who is suspended, and about whose money cannot move", () => {
  const codes = declared.map(([, { code }]) => code);
  const twice = codes.filter((code, at) => codes.indexOf(code) !== at);
  const said = declared.filter(([, { code }]) => twice.includes(code));
  expect(said.map(([name, { kind, code }]) => [name, statusOf[kind], code])).toEqual([
    ["accessRefusals.suspended", 403, "account.suspended"],
    ["accessRefusals.ownerSuspended", 409, "account.suspended"],
  ]);
});

test("every kind of refusal with a status is some refusal's", () => {
  expect(Object.keys(statusOf).sort()).toEqual([...new Set(declared.map(([, { kind }]) => kind))].sort());
});
